package io.ternmq.log.index;

import io.ternmq.log.storage.SliceInput;
import io.ternmq.log.storage.SliceOutput;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one chunk as bytes of a checkpoint. Rows that nothing was ever appended to are left out.
 *
 * <pre>
 *   row count u32 | rows: number in the chunk, end, end - min hint, first ordinal, block count, block handles
 *                 | number of rows with moved messages | for each: number in the chunk, from where on positions rise
 * </pre>
 *
 * The numbers of a row take one byte for each seven bits, lowest first. A missing block's handle is 2^31. Older
 * checkpoints end behind the rows.
 */
final class RowSlices {
    private static final int SEVEN_BITS = 0x7f;
    private static final int MORE = 0x80;
    private static final long MISSING_BLOCK = 1L << 31;

    private final Blocks blocks;
    private final BitSet[] usedBlocks;

    RowSlices(Blocks blocks) {
        this.blocks = blocks;
        this.usedBlocks = new BitSet[BlockSize.COUNT];
        for (int i = 0; i < usedBlocks.length; i++) {
            usedBlocks[i] = new BitSet();
        }
    }

    /** @return for each size, the numbers of the blocks that restored rows name */
    BitSet[] usedBlocks() {
        return usedBlocks;
    }

    static void write(@Nullable RowChunk chunk, SliceOutput out) {
        if (chunk == null) {
            out.writeInt(0);
            return;
        }
        int rowCount = 0;
        for (int row = 0; row < RowChunk.ROW_COUNT; row++) {
            rowCount += chunk.end(row) > 0 ? 1 : 0;
        }
        out.writeInt(rowCount);
        for (int row = 0; row < RowChunk.ROW_COUNT; row++) {
            if (chunk.end(row) > 0) {
                writeRow(chunk, row, out);
            }
        }
        writeMoved(chunk, out);
    }

    private static void writeMoved(RowChunk chunk, SliceOutput out) {
        int movedCount = 0;
        for (int row = 0; row < RowChunk.ROW_COUNT; row++) {
            movedCount += chunk.risingFrom(row) > 0 ? 1 : 0;
        }
        writeNumber(out, movedCount);
        for (int row = 0; movedCount > 0 && row < RowChunk.ROW_COUNT; row++) {
            if (chunk.risingFrom(row) > 0) {
                writeNumber(out, row);
                writeNumber(out, chunk.risingFrom(row));
            }
        }
    }

    private static void writeRow(RowChunk chunk, int row, SliceOutput out) {
        writeNumber(out, row);
        writeNumber(out, chunk.end(row));
        writeNumber(out, chunk.end(row) - chunk.minHint(row));
        writeNumber(out, chunk.firstOrdinal(row));
        writeNumber(out, chunk.blockCount(row));
        for (int i = 0; i < chunk.blockCount(row); i++) {
            int block = chunk.block(row, chunk.firstOrdinal(row) + i);
            writeNumber(out, block == Blocks.NONE ? MISSING_BLOCK : block);
        }
    }

    /**
     * Fills the rows of an empty chunk.
     *
     * @throws IndexDamagedException when a row names a block that is not there or not its queue's
     */
    void restore(RowChunk chunk, int firstQueueNo, SliceInput in) throws IndexDamagedException {
        for (int left = in.readInt(); left > 0; left--) {
            int row = (int) requireAtMost(RowChunk.ROW_MASK, readNumber(in));
            long end = requireAtMost(BlockOrdinals.OFFSET_MAX, readNumber(in));
            long minHint = end - requireAtMost(end, readNumber(in));
            long firstOrdinal = readNumber(in);
            int blockCount = (int) requireAtMost(Integer.MAX_VALUE, readNumber(in));
            requireCovered(minHint, end, firstOrdinal, blockCount);
            chunk.reset(row, end);
            for (int i = 0; i < blockCount; i++) {
                int handle = takeBlock(firstQueueNo + row, firstOrdinal + i, readNumber(in));
                if (i == 0) {
                    chunk.beginAt(row, minHint, firstOrdinal, handle);
                } else {
                    chunk.addBlock(row, handle);
                }
            }
            chunk.publishEnd(row, end);
        }
        if (in.remaining() > 0) {
            restoreMoved(chunk, in);
        }
    }

    private static void restoreMoved(RowChunk chunk, SliceInput in) throws IndexDamagedException {
        for (long left = readNumber(in); left > 0; left--) {
            int row = (int) requireAtMost(RowChunk.ROW_MASK, readNumber(in));
            chunk.risingFrom(row, requireAtMost(chunk.end(row), readNumber(in)));
        }
    }

    /**
     * Reads only where the queues ended.
     *
     * @param ends gets the end of each row that is in the slice
     */
    static void readEnds(SliceInput in, long[] ends) throws IndexDamagedException {
        for (int left = in.readInt(); left > 0; left--) {
            int row = (int) requireAtMost(RowChunk.ROW_MASK, readNumber(in));
            ends[row] = requireAtMost(BlockOrdinals.OFFSET_MAX, readNumber(in));
            readNumber(in);
            readNumber(in);
            for (long blocksLeft = readNumber(in); blocksLeft > 0; blocksLeft--) {
                readNumber(in);
            }
        }
    }

    private int takeBlock(int queueNo, long ordinal, long number) throws IndexDamagedException {
        if (number == MISSING_BLOCK) {
            return Blocks.NONE;
        }
        int handle = (int) number;
        if (!blocks.contains(handle)
                || Blocks.sizeOf(handle) != BlockOrdinals.sizeOf(ordinal)
                || blocks.owner(handle) != BlockLayout.owner(queueNo, ordinal)
                || BlockAllocator.mark(usedBlocks, handle)) {
            throw new IndexDamagedException(
                    "index files: block " + handle + " is not block " + ordinal + " of queue " + queueNo);
        }
        return handle;
    }

    private static void requireCovered(long minHint, long end, long firstOrdinal, int blockCount)
            throws IndexDamagedException {
        boolean covered = blockCount == 0
                ? minHint == end
                : minHint < end
                        && BlockOrdinals.ordinalOf(minHint) >= firstOrdinal
                        && BlockOrdinals.ordinalOf(end - 1) == firstOrdinal + blockCount - 1;
        if (!covered) {
            throw new IndexDamagedException("checkpoint: a row with offsets " + minHint + ".." + end + " in "
                    + blockCount + " blocks from " + firstOrdinal + " on");
        }
    }

    private static long requireAtMost(long max, long value) throws IndexDamagedException {
        if (value < 0 || value > max) {
            throw new IndexDamagedException("checkpoint: " + value + " in a row (expected: 0.." + max + ")");
        }
        return value;
    }

    private static void writeNumber(SliceOutput out, long value) {
        long left = value;
        while (left > SEVEN_BITS) {
            out.writeByte((int) (left & SEVEN_BITS) | MORE);
            left >>>= 7;
        }
        out.writeByte((int) left);
    }

    private static long readNumber(SliceInput in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.readByte();
            value |= (long) (next & SEVEN_BITS) << shift;
            if (next >= 0) {
                break;
            }
        }
        return value;
    }
}
