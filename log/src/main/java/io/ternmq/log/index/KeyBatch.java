package io.ternmq.log.index;

import org.agrona.collections.Long2LongHashMap;

/** Hashes to look for all at once, and the newest position that was found of each. For one thread, which uses it again. */
public final class KeyBatch {
    /** There is no message with that hash. No record lies at the log's first byte. */
    public static final long NONE = 0;

    private static final long NOT_WANTED = -1;

    private final Long2LongHashMap newest = new Long2LongHashMap(NOT_WANTED);
    private final long[] hashes;
    private int count;

    /** @param capacity how many hashes it takes */
    public KeyBatch(int capacity) {
        hashes = new long[capacity];
    }

    /** Forgets everything. */
    public void clear() {
        newest.clear();
        count = 0;
    }

    /** Looks for one more; not more than its capacity. */
    public void add(long keyHash) {
        if (newest.put(keyHash, NONE) == NOT_WANTED) {
            hashes[count++] = keyHash;
        }
    }

    /** @return the newest position that was found of a hash that was added, or {@link #NONE} */
    public long newest(long keyHash) {
        return newest.get(keyHash);
    }

    /** Begins again. */
    void restart() {
        for (int i = 0; i < count; i++) {
            newest.put(hashes[i], NONE);
        }
    }

    int count() {
        return count;
    }

    long hash(int i) {
        return hashes[i];
    }

    /** Takes a position, when the hash is one of those looked for, and nothing newer was found. */
    void offer(long keyHash, long position) {
        long known = newest.get(keyHash);
        if (known != NOT_WANTED && position > known) {
            newest.put(keyHash, position);
        }
    }
}
