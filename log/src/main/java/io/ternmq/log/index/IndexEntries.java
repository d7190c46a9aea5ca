package io.ternmq.log.index;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A run of index entries with consecutive offsets, copied out of the index for one reader, who keeps it for the next
 * time. Belongs to one thread. A hole is an offset without a message: its size is 0, and readers step over it.
 */
public final class IndexEntries {
    private final long[] positions;
    private final int[] sizes;
    private final int[] crcs;
    private final int[] tagHashes;
    private long firstOffset;
    private int skippedCount;
    private int count;

    /** Positions from {@code start} on and before {@code end}. */
    record Range(long start, long end) {}

    /** @param capacity how many entries it can hold, at least 1 */
    public IndexEntries(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: " + capacity + " (expected: at least 1)");
        }
        positions = new long[capacity];
        sizes = new int[capacity];
        crcs = new int[capacity];
        tagHashes = new int[capacity];
    }

    /** @return how many entries it can hold */
    public int capacity() {
        return positions.length;
    }

    /** @return how many entries it holds */
    public int count() {
        return count;
    }

    /** @return the offset of entry 0, also when there is none: then where the next read may begin */
    public long firstOffset() {
        return firstOffset;
    }

    /** @return the offset in the queue of entry {@code i} */
    public long offset(int i) {
        return firstOffset + i;
    }

    /** @return the position of the record in the log; of a hole, any */
    public long position(int i) {
        return positions[requireHeld(i)];
    }

    /** @return the size of the record in bytes, 0 for a hole */
    public int size(int i) {
        return sizes[requireHeld(i)];
    }

    /** @return the CRC-32C of the whole record */
    public int crc(int i) {
        return crcs[requireHeld(i)];
    }

    /** @return the hash of the message's tag, 0 without a tag */
    public int tagHash(int i) {
        return tagHashes[requireHeld(i)];
    }

    /** @return whether no message is at this offset */
    public boolean isHole(int i) {
        return size(i) == 0;
    }

    /** @return how many entries of messages that are gone were looked at and passed over before the first one */
    public int skippedCount() {
        return skippedCount;
    }

    void begin(long offset) {
        firstOffset = offset;
        skippedCount = 0;
        count = 0;
    }

    /** Notes that so many entries before the first one were looked at. */
    void skipped(int entryCount) {
        skippedCount = entryCount;
    }

    /**
     * Takes further entries from a block until one lies at or behind the range's end; one before its start becomes a hole.
     *
     * @param index where the first one begins
     * @param wantedCount how many at most; there is room for them
     * @return how many were taken
     */
    int take(UnsafeBuffer block, int index, int wantedCount, Range range) {
        int at = index;
        int begin = count;
        for (int i = begin; i < begin + wantedCount; i++) {
            long position = block.getLong(at + BlockLayout.POSITION, ByteOrder.BIG_ENDIAN);
            if (position >= range.end()) {
                count = i;
                return i - begin;
            }
            positions[i] = position;
            sizes[i] = position < range.start() ? 0 : block.getInt(at + BlockLayout.SIZE, ByteOrder.BIG_ENDIAN);
            crcs[i] = block.getInt(at + BlockLayout.CRC, ByteOrder.BIG_ENDIAN);
            tagHashes[i] = block.getInt(at + BlockLayout.TAG_HASH, ByteOrder.BIG_ENDIAN);
            at += BlockLayout.ENTRY_BYTES;
        }
        count = begin + wantedCount;
        return wantedCount;
    }

    private int requireHeld(int i) {
        if (i >= count) {
            throw new IndexOutOfBoundsException("entry " + i + " of " + count);
        }
        return i;
    }

    @Override
    public String toString() {
        return "IndexEntries[" + firstOffset + "+" + count + " at " + Arrays.toString(Arrays.copyOf(positions, count))
                + "]";
    }
}
