package io.ternmq.log.index;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The newest keys, unsorted and off the heap. The shard thread appends until the buffer is sealed; then it belongs to
 * who writes it to a run, and is filled again later. Readers on any thread scan it, and ask afterwards whether it is
 * still what it was: its use has a number, which is raised before the first entry is overwritten.
 */
final class KeyBuffer implements AutoCloseable {
    /** An entry's number has to fit into the bits of a hash that do not count for the order. */
    static final int ENTRY_COUNT_MAX = 1 << 16;

    private final UnsafeBuffer entries;
    private final int capacity;
    private volatile int use;
    private volatile int count;
    private volatile boolean sealed;
    private int useCount;
    private long positionBefore;

    /** @param capacity how many entries it holds, at most {@link #ENTRY_COUNT_MAX} */
    KeyBuffer(int capacity) {
        this.capacity = capacity;
        this.entries = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity * KeyRunLayout.ENTRY_BYTES));
    }

    /**
     * Empties it for another use.
     *
     * @param lastPosition the position of the last record whose keys are in the buffer before
     */
    void begin(long lastPosition) {
        useCount++;
        use = useCount;
        VarHandle.releaseFence();
        count = 0;
        sealed = false;
        positionBefore = lastPosition;
    }

    boolean hasRoomFor(int added) {
        return count + added <= capacity;
    }

    /** All keys of one record at once, so that no record's keys lie in two runs. */
    void append(long[] hashes, int hashCount, long position, long timeMs) {
        int begin = count;
        for (int i = 0; i < hashCount; i++) {
            int index = (begin + i) * KeyRunLayout.ENTRY_BYTES;
            entries.putLong(index + KeyRunLayout.HASH, hashes[i]);
            entries.putLong(index + KeyRunLayout.POSITION, position);
            entries.putLong(index + KeyRunLayout.TIME, timeMs);
        }
        count = begin + hashCount;
    }

    /** Nothing is appended any more. */
    void seal() {
        sealed = true;
    }

    boolean isSealed() {
        return sealed;
    }

    int count() {
        return count;
    }

    long hash(int i) {
        return entries.getLong(i * KeyRunLayout.ENTRY_BYTES + KeyRunLayout.HASH);
    }

    long position(int i) {
        return entries.getLong(i * KeyRunLayout.ENTRY_BYTES + KeyRunLayout.POSITION);
    }

    long timeMs(int i) {
        return entries.getLong(i * KeyRunLayout.ENTRY_BYTES + KeyRunLayout.TIME);
    }

    long positionBefore() {
        return positionBefore;
    }

    /** @return the number of this use */
    int use() {
        return use;
    }

    /** @return whether all that was read is of that use */
    boolean isStill(int expectedUse) {
        VarHandle.acquireFence();
        return use == expectedUse;
    }

    void find(KeyQuery query) {
        for (int i = count - 1; i >= 0 && !query.isFull(); i--) {
            if (hash(i) == query.keyHash()) {
                query.offer(query.keyHash(), position(i), timeMs(i));
            }
        }
    }

    void findNewest(KeyBatch batch, LogBounds bounds) {
        long start = bounds.startPosition();
        long end = bounds.committedPosition();
        int entryCount = count;
        for (int i = 0; i < entryCount; i++) {
            long position = position(i);
            if (position >= start && position < end) {
                batch.offer(hash(i), position);
            }
        }
    }

    @Override
    public void close() {
        BufferUtil.free(entries);
    }
}
