package io.ternmq.log.index;

/**
 * What readers see of the queues: the entries from the log's start to the committed position. Any thread. How a reader
 * gets along with the writer without a lock is told in {@link RowChunk}.
 *
 * <p>Positions do not fall within a queue, holes included, so both ends are found by binary search. Should moved
 * entries ever break that, the search for the end is the place that has to know: the beginning only has to be a lower
 * bound, since a reader steps over what is gone.
 */
final class QueueViews {
    /** Where a search ends that met a row in the middle of a change. What it says is thrown away. */
    private static final long ANY = 0;

    private final QueueRows rows;
    private final Blocks blocks;
    private final LogBounds bounds;

    QueueViews(QueueRows rows, Blocks blocks, LogBounds bounds) {
        this.rows = rows;
        this.blocks = blocks;
        this.bounds = bounds;
    }

    long minOffset(int queueNo) {
        RowChunk chunk = rows.chunkOf(queueNo);
        if (chunk == null) {
            return 0;
        }
        int row = queueNo & RowChunk.ROW_MASK;
        while (true) {
            int version = chunk.stableVersion(row);
            long min = Math.min(minOffset(chunk, row, chunk.end(row)), maxOffset(chunk, row, chunk.end(row)));
            if (chunk.isStill(row, version)) {
                return min;
            }
        }
    }

    long maxOffset(int queueNo) {
        RowChunk chunk = rows.chunkOf(queueNo);
        if (chunk == null) {
            return 0;
        }
        int row = queueNo & RowChunk.ROW_MASK;
        while (true) {
            int version = chunk.stableVersion(row);
            long max = maxOffset(chunk, row, chunk.end(row));
            if (chunk.isStill(row, version)) {
                return max;
            }
        }
    }

    int copy(int queueNo, long fromOffset, int countMax, IndexEntries dst) {
        dst.begin(fromOffset);
        RowChunk chunk = rows.chunkOf(queueNo);
        if (chunk == null) {
            return 0;
        }
        int row = queueNo & RowChunk.ROW_MASK;
        int limit = Math.min(countMax, dst.capacity());
        while (true) {
            int version = chunk.stableVersion(row);
            copy(chunk, row, fromOffset, limit, dst);
            if (chunk.isStill(row, version)) {
                return dst.count();
            }
        }
    }

    private void copy(RowChunk chunk, int row, long fromOffset, int countMax, IndexEntries dst) {
        long end = chunk.end(row);
        long offset = firstRetained(chunk, row, fromOffset, end);
        dst.begin(offset);
        long committedPosition = bounds.committedPosition();
        while (offset < end && dst.count() < countMax) {
            long ordinal = BlockOrdinals.ordinalOf(offset);
            int block = chunk.block(row, ordinal);
            if (block == Blocks.NONE) {
                return;
            }
            int slot = (int) (offset - BlockOrdinals.firstOffset(ordinal));
            int wanted = (int) Math.min(
                    Math.min(BlockOrdinals.sizeOf(ordinal).entryCount() - slot, end - offset), countMax - dst.count());
            int copied = blocks.copy(block, slot, wanted, committedPosition, dst);
            if (copied < wanted) {
                return;
            }
            offset += copied;
        }
    }

    /** @return {@code fromOffset}, or the first retained offset when that is later; nothing is searched where most reads begin */
    private long firstRetained(RowChunk chunk, int row, long fromOffset, long end) {
        long offset = Math.max(fromOffset, chunk.minHint(row));
        if (offset >= end || positionAt(chunk, row, offset) >= bounds.startPosition()) {
            return offset;
        }
        return minOffset(chunk, row, end);
    }

    private long minOffset(RowChunk chunk, int row, long end) {
        return firstAtOrBehind(chunk, row, chunk.minHint(row), end, bounds.startPosition());
    }

    /** What is not committed yet is a short piece at the end, so the search goes back from there in growing steps. */
    private long maxOffset(RowChunk chunk, int row, long end) {
        long committedPosition = bounds.committedPosition();
        long low = chunk.minHint(row);
        long high = end;
        for (long step = 1; high > low; step <<= 1) {
            long probe = Math.max(low, high - step);
            if (positionAt(chunk, row, probe) < committedPosition) {
                return firstAtOrBehind(chunk, row, probe + 1, high, committedPosition);
            }
            high = probe;
        }
        return low;
    }

    /** @return the first offset in [low, high) whose entry is at or behind {@code position}, else {@code high} */
    private long firstAtOrBehind(RowChunk chunk, int row, long low, long high, long position) {
        long first = low;
        long last = high;
        if (first < last && positionAt(chunk, row, first) >= position) {
            return first;
        }
        while (first < last) {
            long middle = (first + last) >>> 1;
            if (positionAt(chunk, row, middle) >= position) {
                last = middle;
            } else {
                first = middle + 1;
            }
        }
        return first;
    }

    long positionAt(RowChunk chunk, int row, long offset) {
        long ordinal = BlockOrdinals.ordinalOf(offset);
        int block = chunk.block(row, ordinal);
        return block == Blocks.NONE ? ANY : blocks.position(block, (int) (offset - BlockOrdinals.firstOffset(ordinal)));
    }

    /** @return the first retained offset, committed or not, else the end. For the writer, who meets no change */
    long firstRetained(RowChunk chunk, int row) {
        return minOffset(chunk, row, chunk.end(row));
    }
}
