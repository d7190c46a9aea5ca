package io.ternmq.broker.catalog;

/** Which queue of a topic takes the messages of an ordering key, where the sender leaves that to the broker. */
public final class KeyedQueue {
    private static final long MULTIPLIER = 2_862_933_555_777_941_757L;
    private static final int SHIFT = 33;

    private KeyedQueue() {}

    /**
     * Jump consistent hashing: when a topic gets one more queue, only one key in so many as there are queues moves.
     *
     * @param queues how many there are; 1 or more
     * @return 0 to {@code queues} - 1, for one key always the same
     */
    public static int of(String key, int queues) {
        long state = key.hashCode();
        long queue = 0;
        long next = 0;
        while (next < queues) {
            queue = next;
            state = state * MULTIPLIER + 1;
            next = (long) ((queue + 1) * ((double) (1L << 31) / ((state >>> SHIFT) + 1)));
        }
        return (int) queue;
    }
}
