package io.ternmq.broker.state;

/**
 * Which queue of the timers' topic holds a timer. Three rings of slots, each 1,024 times as coarse as the one before; the
 * hand is the second that is being delivered.
 *
 * <pre>
 *   level   a slot is      slots   queues          holds what is due
 *   0       1 s            2,048   0 .. 2,047      until the end of the next 1,024 s
 *   1       1,024 s        2,048   2,048 .. 4,095  until the end of the next 12 days
 *   2       12.1 days        512   4,096 .. 4,607  after that, up to 16 years
 * </pre>
 *
 * A ring has room for two of the next coarser slots: the one the hand is in and the one behind it. So the next coarse
 * slot is spilled while the hand walks through the current one, and the hand enters it only when that is done.
 */
public final class TimerSlots {
    /** How many queues the topic has; fixed by the log's format. */
    public static final int COUNT = 4_608;

    /** A slot of the finest level, in milliseconds. */
    public static final long SECOND_MS = 1_000;

    /** How many levels there are; 0 is the finest. */
    public static final int LEVELS = 3;

    private static final int SHIFT = 10;
    private static final int[] FIRST = {0, 2_048, 4_096};
    private static final int[] RING = {2_048, 2_048, 512};

    private TimerSlots() {}

    /** @return the number of the level's slot that holds a second */
    public static long slotOf(int level, long second) {
        return second >> (SHIFT * level);
    }

    /** @return the first second of the level's slot */
    public static long firstSecond(int level, long slot) {
        return slot << (SHIFT * level);
    }

    /** @return the id of the queue that the slot uses */
    public static int queueId(int level, long slot) {
        return FIRST[level] + (int) (slot & (RING[level] - 1));
    }

    /** @return the first slot of the level that does not have a queue yet */
    public static long windowEnd(int level, long hand) {
        if (level == LEVELS - 1) {
            return slotOf(level, hand) + RING[level];
        }
        return (slotOf(level + 1, hand) + 2) << SHIFT;
    }

    /** @return whether a timer due in that second may wait in the level, with the hand where it is */
    public static boolean holds(int level, long hand, long second) {
        long slot = slotOf(level, second);
        return slot >= slotOf(level, hand) && slot < windowEnd(level, hand);
    }

    /**
     * Finds a timer's queue. What is due beyond the last slot gets that one, and is looked at again when it comes.
     *
     * @param second when it is due; not before {@code hand}
     * @return the finest that has a slot for it
     */
    public static int place(long hand, long second) {
        for (int level = 0; level < LEVELS - 1; level++) {
            long slot = slotOf(level, second);
            if (slot < windowEnd(level, hand)) {
                return queueId(level, slot);
            }
        }
        int last = LEVELS - 1;
        return queueId(last, Math.min(slotOf(last, second), windowEnd(last, hand) - 1));
    }

    /** @return the first second behind the coarse slot that the hand is in: to be entered when the next one is spilled */
    public static long nextPeriod(long hand) {
        return (slotOf(1, hand) + 1) << SHIFT;
    }

    /** @param level 1 or 2; @return the queue of the level that is to be spilled now: that of the slot behind the hand's */
    public static int spilling(int level, long hand) {
        return queueId(level, slotOf(level, hand) + 1);
    }
}
