package io.ternmq.broker.lease;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen when: deadlines of leases and of those who wait. What a request takes has one deadline, and most of it is done long before; so a
 * tick keeps what is due in it in a map, from which it can be taken without looking at the rest, and takes no room once all of it is. Shard thread only.
 */
final class Deadlines {
    /** Nothing is scheduled. */
    static final long NONE = -1;

    static final long TICK_MS = 64;
    private static final int PER_POLL_MAX = 1_000;
    /** An id is the number of a tick and, in so many bits, that of a timer in it. */
    private static final int NUMBER_BITS = 24;

    private static final int NUMBER_MAX = (1 << NUMBER_BITS) - 1;
    private static final long TICK_MAX = Long.MAX_VALUE >> NUMBER_BITS;

    private final TreeMap<Long, Tick> ticks = new TreeMap<>();
    /** Was asked for last, and most probably is asked for next. */
    private @Nullable Tick last;

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

    private record Timer(Timed timed, long deadlineMs, int number) {
        static final Comparator<Timer> ORDER =
                Comparator.comparingLong(Timer::deadlineMs).thenComparingInt(Timer::number);
    }

    /** What is due within {@link #TICK_MS}. */
    private static final class Tick {
        private final long number;
        private final Int2ObjectHashMap<Timer> timers = new Int2ObjectHashMap<>();
        private int nextNumber;
        private long earliestMs = Long.MAX_VALUE;

        Tick(long number) {
            this.number = number;
        }

        boolean isFull() {
            return nextNumber > NUMBER_MAX;
        }

        /** @return an id */
        long add(Timed timed, long deadlineMs) {
            int timer = nextNumber++;
            timers.put(timer, new Timer(timed, deadlineMs, timer));
            earliestMs = Math.min(earliestMs, deadlineMs);
            return number << NUMBER_BITS | timer;
        }

        /** @return those that are due, in their order */
        List<Timer> due(long nowMs) {
            List<Timer> due = new ArrayList<>();
            earliestMs = Long.MAX_VALUE;
            for (Timer timer : timers.values()) {
                if (timer.deadlineMs <= nowMs) {
                    due.add(timer);
                } else {
                    earliestMs = Math.min(earliestMs, timer.deadlineMs);
                }
            }
            due.sort(Timer.ORDER);
            return due;
        }

        /** Looks again at the next poll. */
        void isNotThrough() {
            earliestMs = Long.MIN_VALUE;
        }
    }

    /** @return an id to cancel it by */
    long schedule(Timed timed, long deadlineMs) {
        long number = Math.min(TICK_MAX, Math.max(0, deadlineMs) / TICK_MS);
        Tick tick = find(number);
        while (tick != null && tick.isFull()) {
            tick = find(++number);
        }
        if (tick == null) {
            tick = new Tick(number);
            ticks.put(number, tick);
            last = tick;
        }
        return tick.add(timed, deadlineMs);
    }

    /** Forgets it; {@link #NONE} is nothing. */
    void cancel(long id) {
        Tick tick = id == NONE ? null : find(id >> NUMBER_BITS);
        if (tick != null) {
            remove(tick, (int) id & NUMBER_MAX);
        }
    }

    private @Nullable Tick find(long number) {
        if (last == null || last.number != number) {
            last = ticks.get(number);
        }
        return last;
    }

    /** @return whether it was there */
    private boolean remove(Tick tick, int timer) {
        boolean isThere = tick.timers.remove(timer) != null;
        if (tick.timers.isEmpty()) {
            ticks.remove(tick.number);
            last = null;
        }
        return isThere;
    }

    boolean isEmpty() {
        return ticks.isEmpty();
    }

    /** Lets happen what has come due. @return how much it was; call again when it is as much as one call does */
    int poll(long nowMs) {
        int count = 0;
        Map.Entry<Long, Tick> first = ticks.firstEntry();
        while (first != null && first.getValue().earliestMs <= nowMs && count < PER_POLL_MAX) {
            count += poll(first.getValue(), nowMs, PER_POLL_MAX - count);
            first = ticks.firstEntry();
        }
        return count;
    }

    private int poll(Tick tick, long nowMs, int countMax) {
        int count = 0;
        for (Timer timer : tick.due(nowMs)) {
            if (count == countMax) {
                tick.isNotThrough();
                return count;
            }
            if (remove(tick, timer.number)) { // what was due before may have cancelled it
                count++;
                timer.timed.due(nowMs);
            }
        }
        return count;
    }
}
