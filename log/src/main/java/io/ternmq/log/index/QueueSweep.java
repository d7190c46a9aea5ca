package io.ternmq.log.index;

/**
 * Retention: frees blocks whose entries all lie before the log's start, some rows at a time, and notes in each row where
 * the retained ones begin. Shard thread only.
 */
final class QueueSweep {
    /** What looking through a block costs, in rows. */
    private static final int ROWS_A_BLOCK = 64;

    private final QueueRows rows;
    private final QueueViews views;
    private final BlockAllocator allocator;
    private final LogBounds bounds;
    private long sweptPosition;
    private long passPosition;
    private long nextQueueNo;
    /** Where the sweep is within a queue of which messages were moved; 0 at its beginning. */
    private long nextOrdinal;

    private final IndexEntries scratch = new IndexEntries(1);

    QueueSweep(QueueRows rows, QueueViews views, BlockAllocator allocator, LogBounds bounds) {
        this.rows = rows;
        this.views = views;
        this.allocator = allocator;
        this.bounds = bounds;
    }

    /** @return how many rows were looked at; 0 when all have been since the start moved last */
    int sweep(int rowCountMax) {
        if (nextQueueNo == 0) {
            passPosition = bounds.startPosition();
            if (passPosition == sweptPosition) {
                return 0;
            }
        }
        long end = (long) rows.chunkCount() << RowChunk.ROW_COUNT_SHIFT;
        int sweptCount = 0;
        while (nextQueueNo < end && sweptCount < rowCountMax) {
            RowChunk chunk = rows.chunkOf((int) nextQueueNo);
            int row = (int) nextQueueNo & RowChunk.ROW_MASK;
            if (chunk == null) {
                nextQueueNo += RowChunk.ROW_COUNT;
            } else if (chunk.risingFrom(row) > 0 && sweepBlock(chunk, row)) {
                sweptCount += ROWS_A_BLOCK;
            } else {
                sweepRow(chunk, row);
                nextOrdinal = 0;
                nextQueueNo++;
            }
            sweptCount++;
        }
        if (nextQueueNo >= end) {
            sweptPosition = passPosition;
            nextQueueNo = 0;
        }
        return sweptCount;
    }

    /**
     * Frees the next whole block of the part with moved messages when nothing in it is retained, though what is before it may be.
     *
     * @return false when there is no further one
     */
    private boolean sweepBlock(RowChunk chunk, int row) {
        long ordinal = Math.max(nextOrdinal, chunk.firstOrdinal(row));
        long end = chunk.firstOrdinal(row) + chunk.blockCount(row);
        while (ordinal < end && chunk.block(row, ordinal) == Blocks.NONE) {
            ordinal++;
        }
        nextOrdinal = ordinal + 1;
        if (ordinal >= end || BlockOrdinals.firstOffset(ordinal + 1) > chunk.risingFrom(row)) {
            return false;
        }
        if (views.isGone(chunk, row, ordinal)) {
            int block = chunk.block(row, ordinal);
            chunk.replaceBlock(row, ordinal, Blocks.NONE);
            allocator.free(block);
        }
        return true;
    }

    private void sweepRow(RowChunk chunk, int row) {
        int blockCount = chunk.blockCount(row);
        if (blockCount == 0) {
            return;
        }
        boolean moved = chunk.risingFrom(row) > 0;
        long min = moved ? views.firstRetainedOfMoved(chunk, row, scratch) : views.firstRetained(chunk, row);
        if (min == chunk.end(row)) {
            int[] freed = blocksOf(chunk, row, blockCount);
            chunk.reset(row, min);
            free(freed);
        } else if (min > chunk.minHint(row)) {
            removeBefore(chunk, row, min);
        }
        if (moved && min >= chunk.risingFrom(row)) {
            chunk.risingFrom(row, 0); // a reader who finds it gone a little early or late sees the same
        }
    }

    private void removeBefore(RowChunk chunk, int row, long min) {
        int removedCount = (int) (BlockOrdinals.ordinalOf(min) - chunk.firstOrdinal(row));
        if (removedCount == 0) {
            chunk.raiseMinHint(row, min);
            return;
        }
        int[] freed = blocksOf(chunk, row, removedCount);
        chunk.removeFirst(row, removedCount, min);
        free(freed);
    }

    /** Takes all blocks of a row away, whatever lies in them; its next message gets offset 0. */
    void drop(RowChunk chunk, int row) {
        int[] freed = blocksOf(chunk, row, chunk.blockCount(row));
        chunk.reset(row, 0);
        free(freed);
    }

    private static int[] blocksOf(RowChunk chunk, int row, int count) {
        int[] handles = new int[count];
        for (int i = 0; i < count; i++) {
            handles[i] = chunk.block(row, chunk.firstOrdinal(row) + i);
        }
        return handles;
    }

    /** Only once the row does not name them any more, see {@link RowChunk}. */
    private void free(int[] handles) {
        for (int handle : handles) {
            if (handle != Blocks.NONE) {
                allocator.free(handle);
            }
        }
    }
}
