package io.ternmq.log.index;

/**
 * Retention: frees blocks whose entries all lie before the log's start, some rows at a time, and notes in each row where
 * the retained ones begin. Shard thread only.
 */
final class QueueSweep {
    private final QueueRows rows;
    private final QueueViews views;
    private final BlockAllocator allocator;
    private final LogBounds bounds;
    private long sweptPosition;
    private long passPosition;
    private long nextQueueNo;

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
            if (chunk == null) {
                nextQueueNo += RowChunk.ROW_COUNT;
            } else {
                sweepRow(chunk, (int) nextQueueNo & RowChunk.ROW_MASK);
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

    private void sweepRow(RowChunk chunk, int row) {
        int blockCount = chunk.blockCount(row);
        if (blockCount == 0) {
            return;
        }
        long min = views.firstRetained(chunk, row);
        if (min == chunk.end(row)) {
            int[] freed = blocksOf(chunk, row, blockCount);
            chunk.reset(row, min);
            free(freed);
        } else if (min > chunk.minHint(row)) {
            removeBefore(chunk, row, min);
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
            allocator.free(handle);
        }
    }
}
