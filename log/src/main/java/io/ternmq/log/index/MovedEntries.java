package io.ternmq.log.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Puts entries of moved messages in their old places. Shard thread only.
 *
 * <p>An entry that is overwritten cannot be taken back, and the files may reach the disk before the log does: were a move
 * noted at once, a power cut could leave an entry that points behind the log's end. So a move waits until its record is
 * on the disk and committed, and no row is written to a checkpoint while one waits.
 *
 * <p>While an index is made anew it meets moved messages whose neighbours are long gone: then the queue's list of blocks is
 * extended, downwards too, and blocks without a message are missing in it.
 */
final class MovedEntries {
    private final Blocks blocks;
    private final BlockAllocator allocator;
    private final Queue<Move> waiting = new ArrayDeque<>();

    /** A message's new place. */
    record Move(int queueNo, long offset, long position, int size, int crc, int tagHash) {}

    MovedEntries(Blocks blocks, BlockAllocator allocator) {
        this.blocks = blocks;
        this.allocator = allocator;
    }

    /** Takes a move whose record is not on the disk yet. */
    void await(Move move) {
        waiting.add(move);
    }

    /** @return how many moves wait */
    int waitingCount() {
        return waiting.size();
    }

    /** The queue is deleted. */
    void drop(int queueNo) {
        waiting.removeIf(move -> move.queueNo() == queueNo);
    }

    /** Puts the waiting moves before a position, which is on the disk and committed. */
    void settle(QueueRows rows, long safePosition) {
        Move next = waiting.peek();
        while (next != null && next.position() < safePosition) {
            put(rows.chunkToWrite(next.queueNo()), next);
            waiting.remove();
            next = waiting.peek();
        }
    }

    /** Puts an entry in its place, and makes the place where there is none. */
    void put(RowChunk chunk, Move move) {
        int row = move.queueNo() & RowChunk.ROW_MASK;
        long ordinal = BlockOrdinals.ordinalOf(move.offset());
        int block = blockFor(chunk, move.queueNo(), move.offset());
        chunk.beginChange(row); // or a reader could copy one half of the old entry and one of the new
        blocks.putEntry(
                block,
                (int) (move.offset() - BlockOrdinals.firstOffset(ordinal)),
                move.position(),
                move.size(),
                move.crc(),
                move.tagHash());
        chunk.risingFrom(row, Math.max(chunk.risingFrom(row), move.offset() + 1));
        chunk.endChange(row);
    }

    private int blockFor(RowChunk chunk, int queueNo, long offset) {
        int row = queueNo & RowChunk.ROW_MASK;
        if (chunk.blockCount(row) == 0) {
            begin(chunk, queueNo, offset);
        } else if (offset < chunk.minHint(row)) {
            extendDown(chunk, queueNo, offset);
        }
        if (offset >= chunk.end(row)) {
            fill(chunk, queueNo, offset + 1);
        }
        long ordinal = BlockOrdinals.ordinalOf(offset);
        int block = chunk.block(row, ordinal);
        if (block == Blocks.NONE) {
            block = emptyBlock(queueNo, ordinal);
            chunk.replaceBlock(row, ordinal, block);
        }
        return block;
    }

    private void begin(RowChunk chunk, int queueNo, long offset) {
        int row = queueNo & RowChunk.ROW_MASK;
        long end = chunk.end(row);
        long ordinal = BlockOrdinals.ordinalOf(offset);
        chunk.beginAt(row, offset, ordinal, emptyBlock(queueNo, ordinal));
        fill(chunk, queueNo, Math.max(end, offset + 1));
    }

    private void extendDown(RowChunk chunk, int queueNo, long offset) {
        int row = queueNo & RowChunk.ROW_MASK;
        long minHint = chunk.minHint(row);
        long oldFirst = chunk.firstOrdinal(row);
        long ordinal = BlockOrdinals.ordinalOf(offset);
        long begin = Math.max(offset, BlockOrdinals.firstOffset(oldFirst));
        putHoles(chunk.block(row, oldFirst), oldFirst, begin, minHint);
        if (ordinal < oldFirst) {
            chunk.extendDown(row, offset, ordinal, emptyBlock(queueNo, ordinal));
        } else {
            chunk.lowerMinHint(row, offset);
        }
        chunk.risingFrom(row, Math.max(chunk.risingFrom(row), minHint));
    }

    /** Makes holes up to an offset; whole blocks of them are left out. In recovery only. The queue has a block. */
    void fill(RowChunk chunk, int queueNo, long newEnd) {
        int row = queueNo & RowChunk.ROW_MASK;
        long offset = chunk.end(row);
        while (offset < newEnd) {
            long ordinal = BlockOrdinals.ordinalOf(offset);
            long blockEnd = BlockOrdinals.firstOffset(ordinal + 1);
            boolean isNew = ordinal == chunk.firstOrdinal(row) + chunk.blockCount(row);
            if (isNew) {
                chunk.addBlock(row, newEnd >= blockEnd ? Blocks.NONE : emptyBlock(queueNo, ordinal));
            } else {
                putHoles(chunk.block(row, ordinal), ordinal, offset, Math.min(newEnd, blockEnd));
            }
            offset = blockEnd;
        }
        chunk.publishEnd(row, newEnd);
        chunk.risingFrom(row, Math.max(chunk.risingFrom(row), newEnd));
    }

    private void putHoles(int block, long ordinal, long from, long to) {
        long first = BlockOrdinals.firstOffset(ordinal);
        if (block != Blocks.NONE && from < to) {
            blocks.putHoles(block, (int) (from - first), (int) (to - first));
        }
    }

    private int emptyBlock(int queueNo, long ordinal) {
        try {
            int block = allocator.allocate(BlockOrdinals.sizeOf(ordinal), BlockLayout.owner(queueNo, ordinal));
            blocks.putHoles(block, 0, BlockOrdinals.sizeOf(ordinal).entryCount());
            return block;
        } catch (IOException e) {
            throw new UncheckedIOException("index: no room for another block", e);
        }
    }
}
