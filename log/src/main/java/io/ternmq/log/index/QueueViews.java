package io.ternmq.log.index;

/**
 * What readers see of the queues: the entries from the log's start to the committed position. Any thread. How a reader
 * gets along with the writer without a lock is told in {@link RowChunk}.
 *
 * <p>Positions do not fall within a queue, holes included, so both ends are found by binary search. Where messages were
 * moved that holds only from {@link RowChunk#risingFrom} on. Before it everything is committed, what is gone is stepped
 * over entry by entry or, where the sweep has been, block by block, and the beginning is a lower bound until then.
 */
final class QueueViews {
    /** Where a search ends that met a row in the middle of a change. What it says is thrown away. */
    private static final long ANY = 0;

    /** So many entries of messages that are gone are passed over in one step at most; then the reader sees some as holes. */
    private static final int SKIPPED_MAX = 1 << 16;

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
        IndexEntries.Range range = new IndexEntries.Range(bounds.startPosition(), bounds.committedPosition());
        long offset = firstRetained(chunk, row, fromOffset, end, dst);
        while (offset < end && dst.count() < countMax) {
            long ordinal = BlockOrdinals.ordinalOf(offset);
            int block = chunk.block(row, ordinal);
            if (block == Blocks.NONE) {
                return;
            }
            int slot = (int) (offset - BlockOrdinals.firstOffset(ordinal));
            int wanted = (int) Math.min(
                    Math.min(BlockOrdinals.sizeOf(ordinal).entryCount() - slot, end - offset), countMax - dst.count());
            int copied = blocks.copy(block, slot, wanted, range, dst);
            if (copied < wanted) {
                return;
            }
            offset += copied;
        }
    }

    /**
     * Lets {@code dst} begin at {@code fromOffset} or, when nothing is there any more, at the first retained offset behind
     * it; nothing is searched where most reads begin.
     *
     * @return where it begins
     */
    private long firstRetained(RowChunk chunk, int row, long fromOffset, long end, IndexEntries dst) {
        long offset = Math.max(fromOffset, chunk.minHint(row));
        dst.begin(offset);
        if (offset >= end || positionAt(chunk, row, offset) >= bounds.startPosition()) {
            return offset;
        }
        if (offset >= chunk.risingFrom(row)) {
            dst.begin(firstAtOrBehind(chunk, row, offset, end, bounds.startPosition()));
        } else {
            skipGone(chunk, row, offset, dst);
        }
        return dst.firstOffset();
    }

    /** Lets {@code dst} begin behind what is gone, or where it grows tired of looking; in the part with moved messages. */
    private void skipGone(RowChunk chunk, int row, long fromOffset, IndexEntries dst) {
        long end = chunk.end(row);
        long movedEnd = Math.min(chunk.risingFrom(row), end);
        long start = bounds.startPosition();
        long offset = fromOffset;
        int skippedCount = 0;
        while (offset < movedEnd) {
            long ordinal = BlockOrdinals.ordinalOf(offset);
            int block = chunk.block(row, ordinal);
            if (block == Blocks.NONE) {
                offset = BlockOrdinals.firstOffset(ordinal + 1);
            } else if (skippedCount == SKIPPED_MAX
                    || blocks.position(block, (int) (offset - BlockOrdinals.firstOffset(ordinal))) >= start) {
                break;
            } else {
                offset++;
                skippedCount++;
            }
        }
        dst.begin(offset < movedEnd ? offset : firstAtOrBehind(chunk, row, movedEnd, end, start));
        dst.skipped(skippedCount);
    }

    private long minOffset(RowChunk chunk, int row, long end) {
        long min = chunk.minHint(row);
        return min < chunk.risingFrom(row) ? min : firstAtOrBehind(chunk, row, min, end, bounds.startPosition());
    }

    /**
     * Finds the part of a queue that may lie before a position. Any thread.
     *
     * @return behind the last offset whose entry may be before it
     */
    long endBefore(int queueNo, long position) {
        RowChunk chunk = rows.chunkOf(queueNo);
        if (chunk == null) {
            return 0;
        }
        int row = queueNo & RowChunk.ROW_MASK;
        while (true) {
            int version = chunk.stableVersion(row);
            long end = chunk.end(row);
            long risingFrom = Math.min(end, Math.max(chunk.minHint(row), chunk.risingFrom(row)));
            long found = firstAtOrBehind(chunk, row, risingFrom, end, position);
            if (chunk.isStill(row, version)) {
                return found;
            }
        }
    }

    /** What is not committed yet is a short piece at the end, so the search goes back from there in growing steps. */
    private long maxOffset(RowChunk chunk, int row, long end) {
        long committedPosition = bounds.committedPosition();
        long low = Math.min(end, Math.max(chunk.minHint(row), chunk.risingFrom(row)));
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

    /**
     * As {@link #firstRetained(RowChunk, int)} where messages were moved; at least nearer to it than before.
     *
     * @param scratch is overwritten
     */
    long firstRetainedOfMoved(RowChunk chunk, int row, IndexEntries scratch) {
        skipGone(chunk, row, chunk.minHint(row), scratch);
        return scratch.firstOffset();
    }

    /** @return whether no entry of a block is retained, whose offsets all lie before {@link RowChunk#risingFrom}. Writer only */
    boolean isGone(RowChunk chunk, int row, long ordinal) {
        long offset = Math.max(chunk.minHint(row), BlockOrdinals.firstOffset(ordinal));
        long end = BlockOrdinals.firstOffset(ordinal + 1);
        while (offset < end && positionAt(chunk, row, offset) < bounds.startPosition()) {
            offset++;
        }
        return offset >= end;
    }
}
