package io.ternmq.broker.delivery;

import io.ternmq.broker.command.AwaitMessages;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.DeadlineTimerWheel;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The waiting consumers of a shard, by queue and by deadline. A message that is appended marks those who want it; they
 * are answered once it is committed. Nothing is scanned. Shard thread only.
 */
public final class Waiters {
    /** So many consumers wait at most; one more is told that the shard is busy. */
    public static final int COUNT_MAX = 200_000;

    private static final long TICK_MS = 64;
    private static final int TICKS_PER_WHEEL = 512;
    private static final int EXPIRIES_PER_POLL_MAX = 1_000;

    private record Waiting(AwaitMessages command, long timerId) {}

    private final Int2ObjectHashMap<List<Waiting>> byQueue = new Int2ObjectHashMap<>();
    private final Long2ObjectHashMap<AwaitMessages> byTimer = new Long2ObjectHashMap<>();
    private final DeadlineTimerWheel deadlines;
    private final List<Command> ready = new ArrayList<>();

    /** @param nowMs the shard's time */
    public Waiters(long nowMs) {
        deadlines = new DeadlineTimerWheel(TimeUnit.MILLISECONDS, nowMs, TICK_MS, TICKS_PER_WHEEL);
    }

    /** Takes a waiter in, or refuses it; then it is ready at once. */
    public void add(AwaitMessages command) {
        if (byTimer.size() >= COUNT_MAX) {
            command.refuse(Refusal.BUSY, "waiting consumers: " + COUNT_MAX + " (expected: fewer)");
            ready.add(command);
            return;
        }
        long timerId = deadlines.scheduleTimer(command.deadlineMs());
        byTimer.put(timerId, command);
        byQueue.computeIfAbsent(command.queueNo(), queueNo -> new ArrayList<>(1))
                .add(new Waiting(command, timerId));
    }

    /** A message was appended to the queue: whoever wants it becomes ready. */
    public void messageAppended(int queueNo, int tagHash) {
        if (byTimer.isEmpty()) {
            return;
        }
        List<Waiting> waiting = byQueue.get(queueNo);
        if (waiting == null) {
            return;
        }
        waiting.removeIf(one -> wakes(one, tagHash));
        if (waiting.isEmpty()) {
            byQueue.remove(queueNo);
        }
    }

    /** Whoever waits for a queue of a topic that goes becomes ready, to learn that it went. */
    public void queueDropped(int queueNo) {
        List<Waiting> waiting = byQueue.remove(queueNo);
        if (waiting != null) {
            waiting.forEach(this::wake);
        }
    }

    /** Those whose deadline has come become ready. @return how many */
    public int expire(long nowMs) {
        if (byTimer.isEmpty()) {
            // keeps an idle wheel from walking through every tick it slept through
            deadlines.currentTickTime(nowMs);
            return 0;
        }
        int count = 0;
        long turnEndMs = deadlines.currentTickTime() + TICKS_PER_WHEEL * TICK_MS;
        do { // a poll goes one tick ahead; a shard that slept is several behind
            count += deadlines.poll(nowMs, this::deadlineReached, EXPIRIES_PER_POLL_MAX);
        } while (deadlines.currentTickTime() <= Math.min(nowMs, turnEndMs) && count < EXPIRIES_PER_POLL_MAX);
        if (deadlines.currentTickTime() > turnEndMs && count == 0) { // a whole turn found nothing that is due
            deadlines.currentTickTime(nowMs); // a clock that jumped is not walked after
        }
        return count;
    }

    /** @return whether anybody waits, so that {@link #expire} must be called within a tick of time */
    public boolean isEmpty() {
        return byTimer.isEmpty();
    }

    /** @return how many wait */
    public int count() {
        return byTimer.size();
    }

    /** @return how often {@link #expire} wants to be called, in milliseconds */
    public long tickMs() {
        return TICK_MS;
    }

    /** Hands over who is ready and forgets them; to be called after a commit. @return how many */
    public int drainReady(Consumer<Command> consumer) {
        int count = ready.size();
        if (count > 0) {
            ready.forEach(consumer);
            ready.clear();
        }
        return count;
    }

    /** Everybody becomes ready: the shard closes. */
    public void wakeAll() {
        byTimer.values().forEach(ready::add);
        byTimer.clear();
        byQueue.clear();
    }

    private boolean wakes(Waiting one, int tagHash) {
        if (one.command.wants(tagHash) || one.command.isAbandoned()) {
            wake(one);
            return true;
        }
        return false;
    }

    private void wake(Waiting one) {
        deadlines.cancelTimer(one.timerId);
        byTimer.remove(one.timerId);
        ready.add(one.command);
    }

    private boolean deadlineReached(TimeUnit unit, long nowMs, long timerId) {
        AwaitMessages command = byTimer.remove(timerId);
        if (command != null) {
            List<Waiting> waiting = byQueue.get(command.queueNo());
            waiting.removeIf(one -> one.timerId == timerId);
            if (waiting.isEmpty()) {
                byQueue.remove(command.queueNo());
            }
            ready.add(command);
        }
        return true;
    }
}
