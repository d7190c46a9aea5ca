package io.ternmq.broker.claim;

import io.ternmq.broker.member.Connection;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * To whom one queue belongs for one group. A member that reads by offset has it until it was silent for the lock time: its pulls and
 * commits are signs of life, and while a pull waits the time has not begun. Thread-safe; what only the shard may do says so.
 */
public final class QueueClaim {
    /** The end of a lock is written down anew when it is off by more than this part of the lock time. */
    private static final int RENEWALS_PER_LOCK = 4;

    private static final Side FREE = new Side(false, null, 0);
    private static final Side LEASED = new Side(true, null, 0);

    /** Of a queue that nobody has claimed; it is never given to anybody. */
    public static final QueueClaim NONE = new QueueClaim(1);

    private final long lockMs;
    private final AtomicReference<Side> side = new AtomicReference<>(FREE);
    private volatile @Nullable DoneOffsets done;
    private long doneMs;

    private record Side(boolean leased, @Nullable Connection puller, long untilMs) {
        boolean isByOffset(long nowMs) {
            return puller != null && untilMs > nowMs;
        }
    }

    /** @param lockMs how long a member may be silent */
    QueueClaim(long lockMs) {
        this.lockMs = lockMs;
    }

    // ---------------------------------------------------------------- any thread

    /** @return whether the member had the queue last */
    public boolean isOf(Connection member) {
        return side().puller == member;
    }

    /** The member gives a sign of life. @return whether the queue is its own; where not, the shard is to be asked */
    public boolean isHeldBy(Connection member, long nowMs) {
        return hold(member, nowMs + lockMs);
    }

    /** The member waits for messages of the queue, which it has. */
    public void waits(Connection member, long deadlineMs) {
        boolean unused = hold(member, deadlineMs + lockMs);
    }

    private boolean hold(Connection member, long untilMs) {
        while (true) {
            Side now = side();
            if (now.puller != member) {
                return false;
            }
            boolean isCloseEnough = Math.abs(untilMs - now.untilMs) <= lockMs / RENEWALS_PER_LOCK;
            if (isCloseEnough || side.compareAndSet(now, new Side(false, member, untilMs))) {
                return true;
            }
        }
    }

    /** The member has left its group: the queue is free if it had it. */
    public void left(Connection member) {
        Side now = side();
        while (now.puller == member && !side.compareAndSet(now, FREE)) {
            now = side();
        }
    }

    /** @return whether the queue belongs to those who take from it by lease */
    public boolean isLeased() {
        return side().leased;
    }

    /** @return what was done by lease before, which pulls pass over; null when there is nothing to pass over any more */
    public @Nullable DoneOffsets done() {
        return done;
    }

    private Side side() {
        return Objects.requireNonNull(side.get());
    }

    // ---------------------------------------------------------------- shard thread

    /** The queue is the member's from now on. */
    public void give(Connection member, long nowMs) {
        side.set(new Side(false, member, nowMs + lockMs));
    }

    /** Somebody wants to take from the queue by lease. @return whether he may; else a member reads it by offset */
    public boolean lease(long nowMs) {
        while (true) {
            Side now = side();
            if (now.leased) {
                return true;
            }
            if (now.isByOffset(nowMs)) {
                return false;
            }
            if (side.compareAndSet(now, LEASED)) {
                return true;
            }
        }
    }

    /** Nobody takes from the queue by lease any more; pulls begin behind what was done. Nothing if it is not leased. */
    public void endLease(DoneOffsets doneByLease, long nowMs) {
        if (isLeased()) {
            done = doneByLease;
            doneMs = nowMs;
            side.set(FREE);
        }
    }

    /** Somebody decided where the group goes on. */
    public void forgetDone() {
        done = null;
    }

    /**
     * A member says how far its group has come; from what is behind all that was done by lease on, pulls are free to go anywhere.
     *
     * @return whether that counts: not while the queue is leased, nor when it goes back before what was done by lease
     */
    public boolean admitsReport(long offset) {
        DoneOffsets before = done;
        if (before != null && !isLeased() && offset >= before.end()) {
            done = null;
        }
        return !isLeased() && (before == null || offset >= before.floor());
    }

    /** Ends what nobody renews. @return whether nobody has it and nothing would be lost if it were forgotten */
    boolean retire(long nowMs, long doneKeptMs) {
        Side now = side();
        boolean isOver = done == null || nowMs - doneMs >= doneKeptMs;
        return isOver && !now.leased && !now.isByOffset(nowMs) && side.compareAndSet(now, FREE);
    }

    /** It is taken from who has it: the next one asks anew. */
    public void revoke() {
        done = null;
        side.set(FREE);
    }
}
