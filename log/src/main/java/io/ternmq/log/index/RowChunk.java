package io.ternmq.log.index;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of 4,096 queues with consecutive numbers, 40 bytes each and off the heap; also what one checkpoint slice
 * holds. The shard thread writes, any thread reads.
 *
 * <pre>
 *   0          8            16                           24                                36        40
 *   +----------+------------+----------------------------+-----------+---------+-----------+---------+
 *   | end      | min hint   | first ordinal, block count | block     | block   | block     | version |
 *   +----------+------------+----------------------------+-----------+---------+-----------+---------+
 * </pre>
 *
 * A row has the handles of up to three blocks itself; a longer list is an array beside it, and so is, for a queue of which
 * messages were moved, the offset from which its positions rise.
 *
 * <p><b>Why readers need no lock.</b> A row's version is odd while the writer changes more of it than its end, or
 * overwrites an entry of the queue in place because its message was moved, and even otherwise ({@link #beginChange}, {@link #endChange}). A reader takes an even version ({@link #stableVersion}),
 * reads row and entries, and asks at the end whether the version is still the same ({@link #isStill}); if not it
 * begins again. That also answers whether the blocks it copied from were still the queue's own: to free a block the
 * writer first changes its owner's row, and only later can the block get another owner and other entries. In the
 * writer's program order: version (odd), release fence, row, version (even, release), ..., entries of the next owner.
 * So a reader that has seen one byte of a next owner's entry, and passes its acquire fence after that, must also see
 * the version that was written before. Within one version the end only grows, and it is released after the entry it
 * covers and acquired before the entry is read; an entry before the end is overwritten between versions only, so that nobody
 * copies one half of the old one and one of the new. Two things change within a version: the end, and where positions rise
 * from once nothing before it is left, which a reader may find early or late. A change of a row that takes several steps, each with
 * a version of its own, is made only while nobody reads. What a reader finds in the middle of a change makes no sense, but it
 * never leads outside the memory of the files: handles are released after the file of their block was added.
 */
final class RowChunk implements AutoCloseable {
    static final int ROW_COUNT_SHIFT = 12;
    static final int ROW_COUNT = 1 << ROW_COUNT_SHIFT;
    static final int ROW_MASK = ROW_COUNT - 1;

    private static final int END = 0;
    private static final int MIN_HINT = 8;
    private static final int SHAPE = 16;
    private static final int INLINE_BLOCKS = 24;
    private static final int INLINE_BLOCK_COUNT = 3;
    private static final int VERSION = INLINE_BLOCKS + INLINE_BLOCK_COUNT * Integer.BYTES;
    private static final int ROW_BYTES = VERSION + Integer.BYTES;

    private static final int BLOCK_COUNT_BITS = 24;
    private static final int BLOCK_COUNT_MAX = (1 << BLOCK_COUNT_BITS) - 1;
    private static final int LIST_CAPACITY_MIN = 8;
    private static final int SPINS_BEFORE_PARK = 100;
    private static final long PARK_NS = 1_000;

    private final UnsafeBuffer rows = new UnsafeBuffer(ByteBuffer.allocateDirect(ROW_COUNT * ROW_BYTES));
    private volatile @Nullable AtomicReferenceArray<@Nullable AtomicIntegerArray> lists;
    /** Only in a chunk of which a message was moved. */
    private volatile @Nullable AtomicLongArray risingFrom;

    private long stamp;

    /** @return the position up to which a restored slice knew the log; 0 without one. Writer only */
    long stamp() {
        return stamp;
    }

    /** Writer only. */
    void stamp(long position) {
        stamp = position;
    }

    /** @return the offset the queue's next message gets */
    long end(int row) {
        return rows.getLongAcquire(row * ROW_BYTES + END);
    }

    /** Writer only; the entries before {@code end} have been written. */
    void publishEnd(int row, long end) {
        rows.putLongRelease(row * ROW_BYTES + END, end);
    }

    /** @return an offset that is not behind the first retained one, and not before the first that has an entry */
    long minHint(int row) {
        return rows.getLong(row * ROW_BYTES + MIN_HINT);
    }

    /**
     * Positions rise from this offset on; before it entries may have been moved, so that they lie in any order, and blocks
     * may be missing. No entry before it is uncommitted.
     *
     * @return 0 when nothing was moved
     */
    long risingFrom(int row) {
        AtomicLongArray known = risingFrom;
        return known == null ? 0 : known.getAcquire(row);
    }

    /**
     * Writer only. An offset above the present one is set between {@link #beginChange} and {@link #endChange}, or while nobody
     * reads; 0 at any time once nothing before the present one is retained: a reader then finds the same with either.
     */
    void risingFrom(int row, long offset) {
        AtomicLongArray known = risingFrom;
        if (known == null) {
            if (offset == 0) {
                return;
            }
            known = new AtomicLongArray(ROW_COUNT);
            risingFrom = known;
        }
        known.setRelease(row, offset);
    }

    /** @return the ordinal of the first block in the list */
    long firstOrdinal(int row) {
        return rows.getLong(row * ROW_BYTES + SHAPE) >>> BLOCK_COUNT_BITS;
    }

    /** @return how many blocks the queue has */
    int blockCount(int row) {
        return (int) rows.getLong(row * ROW_BYTES + SHAPE) & BLOCK_COUNT_MAX;
    }

    /**
     * Finds a block.
     *
     * @return its handle; {@link Blocks#NONE} when the queue has no block of that ordinal, because it is outside the list
     *     or because nothing in it is left
     */
    int block(int row, long ordinal) {
        long shape = rows.getLongAcquire(row * ROW_BYTES + SHAPE);
        long i = ordinal - (shape >>> BLOCK_COUNT_BITS);
        int count = (int) shape & BLOCK_COUNT_MAX;
        if (i < 0 || i >= count) {
            return Blocks.NONE;
        }
        int block = count <= INLINE_BLOCK_COUNT ? rows.getIntAcquire(inlineBlock(row, (int) i)) : listed(row, (int) i);
        // In the middle of a change a reader can find a neighbour's block here: at least its size must be right.
        return Blocks.sizeOf(block) == BlockOrdinals.sizeOf(ordinal) ? block : Blocks.NONE;
    }

    private int listed(int row, int i) {
        AtomicReferenceArray<@Nullable AtomicIntegerArray> known = lists;
        AtomicIntegerArray list = known == null ? null : known.getAcquire(row);
        return list == null || i >= list.length() ? Blocks.NONE : list.getAcquire(i);
    }

    /** @return an even version; waits for the few stores of a change to be over */
    int stableVersion(int row) {
        int version = rows.getIntAcquire(row * ROW_BYTES + VERSION);
        for (int spins = 0; (version & 1) != 0; spins++) {
            if (spins < SPINS_BEFORE_PARK) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(PARK_NS); // the writer lost its core in between
            }
            version = rows.getIntAcquire(row * ROW_BYTES + VERSION);
        }
        return version;
    }

    /** @return whether all that was read since {@link #stableVersion} belongs together and to this queue */
    boolean isStill(int row, int version) {
        VarHandle.acquireFence();
        return rows.getInt(row * ROW_BYTES + VERSION) == version;
    }

    /** Writer only. Readers wait, and those that are reading will begin again. */
    void beginChange(int row) {
        rows.putInt(row * ROW_BYTES + VERSION, rows.getInt(row * ROW_BYTES + VERSION) + 1);
        VarHandle.releaseFence();
    }

    /** Writer only. */
    void endChange(int row) {
        rows.putIntRelease(row * ROW_BYTES + VERSION, rows.getInt(row * ROW_BYTES + VERSION) + 1);
    }

    /** Writer only. A row without blocks: all that it had is gone, the next message gets {@code end}. */
    void reset(int row, long end) {
        beginChange(row);
        rows.putLong(row * ROW_BYTES + END, end);
        rows.putLong(row * ROW_BYTES + MIN_HINT, end);
        rows.putLong(row * ROW_BYTES + SHAPE, 0);
        forgetList(row);
        risingFrom(row, 0);
        endChange(row);
    }

    /** Writer only. */
    void raiseMinHint(int row, long offset) {
        beginChange(row);
        rows.putLong(row * ROW_BYTES + MIN_HINT, offset);
        endChange(row);
    }

    /** Writer only. The first block of a row that has none; offsets before {@code minHint} do not exist. */
    void beginAt(int row, long minHint, long ordinal, int handle) {
        beginChange(row);
        rows.putLong(row * ROW_BYTES + END, minHint);
        rows.putLong(row * ROW_BYTES + MIN_HINT, minHint);
        rows.putIntRelease(inlineBlock(row, 0), handle);
        rows.putLongRelease(row * ROW_BYTES + SHAPE, ordinal << BLOCK_COUNT_BITS | 1);
        endChange(row);
    }

    /** Writer only. Adds the block that follows the row's last. */
    void addBlock(int row, int handle) {
        int count = blockCount(row);
        if (count == BLOCK_COUNT_MAX) {
            throw new IllegalStateException("blocks of a queue: " + count + " (expected: fewer)");
        }
        beginChange(row);
        if (count < INLINE_BLOCK_COUNT) {
            rows.putIntRelease(inlineBlock(row, count), handle);
        } else {
            appendToList(row, count, handle);
        }
        rows.putLongRelease(row * ROW_BYTES + SHAPE, firstOrdinal(row) << BLOCK_COUNT_BITS | (count + 1));
        endChange(row);
    }

    private void appendToList(int row, int count, int handle) {
        AtomicReferenceArray<@Nullable AtomicIntegerArray> all = lists;
        if (all == null) {
            all = new AtomicReferenceArray<>(ROW_COUNT);
            lists = all;
        }
        AtomicIntegerArray list = all.getPlain(row);
        if (list == null || count == list.length()) {
            list = copyOfBlocks(row, 0, count, Math.max(LIST_CAPACITY_MIN, count + (count >> 1)));
            all.setRelease(row, list);
        }
        list.setRelease(count, handle);
    }

    /** Writer only. Puts a block, or {@link Blocks#NONE}, in the place of the one of that ordinal, which is in the list. */
    void replaceBlock(int row, long ordinal, int handle) {
        int i = (int) (ordinal - firstOrdinal(row));
        beginChange(row);
        if (blockCount(row) <= INLINE_BLOCK_COUNT) {
            rows.putIntRelease(inlineBlock(row, i), handle);
        } else {
            Objects.requireNonNull(Objects.requireNonNull(lists).getPlain(row)).setRelease(i, handle);
        }
        endChange(row);
    }

    /**
     * Writer only, while nobody reads: it takes several changes, and between them the row ends too early. Puts blocks before the
     * first one: {@code handle}, and then missing ones up to it.
     */
    void extendDown(int row, long minHint, long ordinal, int handle) {
        long end = end(row);
        long oldFirst = firstOrdinal(row);
        int oldCount = blockCount(row);
        long rising = risingFrom(row);
        int[] old = new int[oldCount];
        for (int i = 0; i < oldCount; i++) {
            old[i] = block(row, oldFirst + i);
        }
        reset(row, end);
        beginAt(row, minHint, ordinal, handle);
        for (long missing = ordinal + 1; missing < oldFirst; missing++) {
            addBlock(row, Blocks.NONE);
        }
        for (int each : old) {
            addBlock(row, each);
        }
        publishEnd(row, end);
        risingFrom(row, rising);
    }

    /** Writer only, while nobody reads. */
    void lowerMinHint(int row, long offset) {
        rows.putLong(row * ROW_BYTES + MIN_HINT, offset);
    }

    private AtomicIntegerArray copyOfBlocks(int row, int from, int to, int capacity) {
        long firstOrdinal = firstOrdinal(row);
        AtomicIntegerArray copy = new AtomicIntegerArray(capacity);
        for (int i = from; i < to; i++) {
            copy.setPlain(i - from, block(row, firstOrdinal + i));
        }
        return copy;
    }

    /** Writer only. Takes blocks off the beginning; at least one is left. Nothing before {@code minHint} is left. */
    void removeFirst(int row, int removedCount, long minHint) {
        int leftCount = blockCount(row) - removedCount;
        AtomicIntegerArray left =
                copyOfBlocks(row, removedCount, blockCount(row), Math.max(leftCount, LIST_CAPACITY_MIN));
        beginChange(row);
        rows.putLong(row * ROW_BYTES + MIN_HINT, minHint);
        rows.putLongRelease(
                row * ROW_BYTES + SHAPE, (firstOrdinal(row) + removedCount) << BLOCK_COUNT_BITS | leftCount);
        if (leftCount > INLINE_BLOCK_COUNT) {
            Objects.requireNonNull(lists).setRelease(row, left);
        } else {
            for (int i = 0; i < leftCount; i++) {
                rows.putIntRelease(inlineBlock(row, i), left.getPlain(i));
            }
            forgetList(row);
        }
        endChange(row);
    }

    private void forgetList(int row) {
        AtomicReferenceArray<@Nullable AtomicIntegerArray> known = lists;
        if (known != null) {
            known.setRelease(row, null);
        }
    }

    private static int inlineBlock(int row, int i) {
        return row * ROW_BYTES + INLINE_BLOCKS + i * Integer.BYTES;
    }

    @Override
    public void close() {
        BufferUtil.free(rows);
    }
}
