package io.ternmq.broker.lease;

import java.util.concurrent.TimeUnit;
import org.agrona.DeadlineTimerWheel;
import org.agrona.collections.Long2ObjectHashMap;

/** What is to happen when: deadlines of leases and of those who wait. Shard thread only. */
final class Deadlines {
    /** Nothing is scheduled. */
    static final long NONE = DeadlineTimerWheel.NULL_DEADLINE;

    static final long TICK_MS = 64;
    private static final int TICKS_PER_WHEEL = 1_024;
    private static final int PER_POLL_MAX = 1_000;

    /** Something with a deadline. */
    @FunctionalInterface
    interface Timed {
        /**
         * Its deadline has come; at most a tick ago, unless the shard was busy.
         *
         * @param nowMs the shard's time
         */
        void due(long nowMs);
    }

    private final DeadlineTimerWheel wheel;
    private final Long2ObjectHashMap<Timed> byTimer = new Long2ObjectHashMap<>();

    /** @param nowMs the shard's time */
    Deadlines(long nowMs) {
        wheel = new DeadlineTimerWheel(TimeUnit.MILLISECONDS, nowMs, TICK_MS, TICKS_PER_WHEEL);
    }

    /** @return an id to cancel it by */
    long schedule(Timed timed, long deadlineMs) {
        long id = wheel.scheduleTimer(deadlineMs);
        byTimer.put(id, timed);
        return id;
    }

    /** Forgets it; {@link #NONE} is nothing. */
    void cancel(long id) {
        if (id != NONE && byTimer.remove(id) != null) {
            wheel.cancelTimer(id);
        }
    }

    boolean isEmpty() {
        return byTimer.isEmpty();
    }

    /** Lets happen what has come due. @return how much it was; call again when it is as much as one call does */
    int poll(long nowMs) {
        if (byTimer.isEmpty()) {
            wheel.currentTickTime(nowMs); // an idle wheel must not walk through every tick it slept through
            return 0;
        }
        int count = 0;
        long turnEndMs = wheel.currentTickTime() + TICKS_PER_WHEEL * TICK_MS;
        do { // a poll goes one tick ahead; a shard that slept is several behind
            count += wheel.poll(nowMs, this::due, PER_POLL_MAX);
        } while (wheel.currentTickTime() <= Math.min(nowMs, turnEndMs) && count < PER_POLL_MAX);
        if (wheel.currentTickTime() > turnEndMs && count == 0) { // a whole turn found nothing that is due
            wheel.currentTickTime(nowMs); // a clock that jumped is not walked after
        }
        return count;
    }

    private boolean due(TimeUnit unit, long nowMs, long id) {
        Timed timed = byTimer.remove(id);
        if (timed != null) {
            timed.due(nowMs);
        }
        return true;
    }
}
