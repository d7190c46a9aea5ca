package io.ternmq.broker.lease;

import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.state.ShardState;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Somebody of a group who wants messages of a topic and may wait for them; it costs an object until then, not a thread.
 * {@link #committed()} says that {@link #result()} is known.
 */
public abstract class LeaseWait extends Command implements Deadlines.Timed {
    /** Any queue of the topic. */
    public static final int ANY_QUEUE = -1;

    /** What became of it. */
    public enum Result {
        /** There is something. */
        FOUND,
        /** There was nothing until the deadline. */
        NOTHING,
        /** Too many wait already. */
        TOO_MANY_WAIT
    }

    /**
     * What is wanted.
     *
     * @param group an existing group
     * @param topic a topic that exists
     * @param queueId one of its queues, or {@link #ANY_QUEUE}
     * @param fromLatest where a group begins of which nothing is known and whose queue has lost its first message: at the
     *     queue's end, or else at its first message
     * @param tagFilter passes hashes of tags; what it refuses is done for the group
     * @param ordered whether messages of one ordering key are handed out one group after the other, in their order
     * @param withRetries whether what came back to the group's retry topic is taken besides, of whichever topic it was
     * @param deadlineMs until when to wait, in milliseconds since 1970; 0 not to wait
     * @param member of which lane who asks is, or {@link LaneMember#BASE}
     */
    public record Request(
            String group,
            String topic,
            int queueId,
            boolean fromLatest,
            IntPredicate tagFilter,
            boolean ordered,
            boolean withRetries,
            long deadlineMs,
            LaneMember member) {
        /** What somebody of the base wants; parameters as above. */
        public Request(
                String group,
                String topic,
                int queueId,
                boolean fromLatest,
                IntPredicate tagFilter,
                boolean ordered,
                boolean withRetries,
                long deadlineMs) {
            this(group, topic, queueId, fromLatest, tagFilter, ordered, withRetries, deadlineMs, LaneMember.BASE);
        }
    }

    private final Leases leases;
    private final Request request;
    private @Nullable LaneSeat seat;
    private boolean toSearchOn;
    private long timerId = Deadlines.NONE;
    private boolean over;
    private Result result = Result.NOTHING;

    LeaseWait(Leases leases, Request request) {
        this.leases = leases;
        this.request = request;
    }

    @Override
    public final void decide(Decision decision) {
        if (decision.admitsChange(this)) {
            leases.decide(this, decision);
        }
    }

    /** @return what is wanted */
    public final Request request() {
        return request;
    }

    /** @return what became of it, once it is answered */
    public final Result result() {
        return result;
    }

    /** @return whether nobody is there any more to be told; such a one is dropped when it is met */
    public abstract boolean isAbandoned();

    /** @return whether there was something, which it now has */
    abstract boolean take(TopicLeases topic, Choice choice, Decision decision);

    @Override
    public final void due(long nowMs) {
        leases.waitIsOver(this);
    }

    final void end(Result newResult) {
        result = newResult;
    }

    final boolean mayWait(long nowMs) {
        return !over && request.deadlineMs > nowMs;
    }

    final boolean isWaiting() {
        return timerId != Deadlines.NONE;
    }

    /** Takes a seat in its lane, once. @return false when there are too many */
    final boolean join(Lanes lanes, long nowMs) {
        if (seat == null && !request.member.isBase()) {
            seat = lanes.join(request.group, request.topic, request.member, nowMs);
            return seat != null;
        }
        return true;
    }

    /** Whether somebody of the base wants messages of the queue. */
    final boolean asksFor(int queueId) {
        return request.member.isBase() && (request.queueId == ANY_QUEUE || request.queueId == queueId);
    }

    /** Whether the member has said since that it wants nothing more. */
    final boolean hasLeft() {
        return seat != null && seat.isLeft();
    }

    /** The search has stopped before everything was looked at, or has not. */
    final void searched(boolean all) {
        toSearchOn = !all;
    }

    final boolean isToSearchOn() {
        return toSearchOn;
    }

    /** Its seat in its lane; null in the base. */
    final @Nullable LaneSeat seat() {
        return seat;
    }

    final void beginWaiting(Deadlines deadlines) {
        timerId = deadlines.schedule(this, request.deadlineMs);
        if (seat != null) {
            seat.beginWaiting();
        }
    }

    /** @param nowMs the shard's time, or a little before */
    final void endWaiting(long nowMs, Deadlines deadlines) {
        deadlines.cancel(timerId);
        timerId = Deadlines.NONE;
        if (seat != null) {
            seat.endWaiting();
            if (!isAbandoned()) {
                seat.sign(nowMs);
            }
        }
    }

    /** It is asked once more, and does not wait then. */
    final void isOver() {
        over = true;
        timerId = Deadlines.NONE;
    }

    /** Refuses where the group or the topic is gone. @return whether one is */
    final boolean refuseGone(ShardState state) {
        if (state.groups().get(request.group) == null) {
            refuse(Refusal.UNKNOWN_GROUP, "group: " + request.group + " (expected: one that exists)");
            return true;
        }
        if (state.topics().get(request.topic) == null) {
            refuse(Refusal.UNKNOWN_TOPIC, "topic: " + request.topic + " (expected: one that exists)");
            return true;
        }
        return false;
    }
}
