package io.ternmq.log.index;

import io.ternmq.log.storage.LogDirectory;
import io.ternmq.log.storage.SliceInput;
import io.ternmq.log.storage.SliceOutput;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The n-th message of a queue → where its record is in the log. Queues are cheap: a row of 40 bytes, and 328 bytes of a
 * shared file once there is a message.
 *
 * <p>The shard thread writes and sees its own entries at once ({@link #nextOffset}). {@link #minOffset},
 * {@link #maxOffset} and {@link #copy} may be called by any thread and show what lies between the log's start and the
 * committed position. {@link #forceFiles} and {@link #prepareRoom} belong to the maintenance thread.
 *
 * <p><b>Recovery.</b> {@link #open}, {@link #restoreSlice} for each slice, {@link #appendReplayed} and {@link #drop} for
 * the log from the lowest stamp on, {@link #recovered}. When that fails with an {@link IndexDamagedException}, or there
 * is no checkpoint: {@link #createEmpty}, {@link #restoreEnds} for each slice there is, the replay of all that the log
 * retains, {@link #recovered}.
 */
public final class QueueIndex implements AutoCloseable {
    /** How many offsets in a row may be without a record; more means that log and index contradict each other. */
    public static final int HOLES_MAX = 1 << 16;

    private static final int ROWS_SLICE = 1;
    private static final int ALLOCATOR_SLICE = 2;

    private final Blocks blocks;
    private final QueueRows rows = new QueueRows();
    private final BlockAllocator allocator;
    private final QueueViews views;
    private final QueueSweep sweep;
    private final RowSlices slices;
    private final MovedEntries moved;
    private final EndsBefore endsBefore = new EndsBefore();
    private int sliceCount;
    private long newestPosition;

    private QueueIndex(Blocks blocks, LogBounds bounds) {
        this.blocks = blocks;
        this.allocator = new BlockAllocator(blocks);
        this.views = new QueueViews(rows, blocks, bounds);
        this.sweep = new QueueSweep(rows, views, allocator, bounds);
        this.slices = new RowSlices(blocks);
        this.moved = new MovedEntries(blocks, allocator);
    }

    /**
     * Opens the index files as they are, to be restored from a checkpoint.
     *
     * @param directory the folder of the index files
     */
    public static QueueIndex open(LogDirectory directory, LogBounds bounds) throws IOException {
        return new QueueIndex(Blocks.open(directory), bounds);
    }

    /**
     * Deletes the block files and begins anew, to be filled by a replay of all that the log retains.
     *
     * @param directory the folder of the index files; no other index has them open
     */
    public static QueueIndex createEmpty(LogDirectory directory, LogBounds bounds) throws IOException {
        return new QueueIndex(Blocks.createEmpty(directory), bounds);
    }

    /** @return the offset the next message of the queue gets, committed or not. Shard thread */
    public long nextOffset(int queueNo) {
        RowChunk chunk = rows.chunkOf(queueNo);
        return chunk == null ? 0 : chunk.end(queueNo & RowChunk.ROW_MASK);
    }

    /**
     * Appends the queue's next entry. Shard thread.
     *
     * @param position of the record; not before that of any entry appended earlier, in whatever queue
     * @param size of the record in bytes, 0 for a hole
     * @param crc CRC-32C of the whole record
     * @param tagHash of the message's tag, 0 without one
     * @throws UncheckedIOException when a new file was needed and could not be made; nothing has changed then
     */
    public void append(int queueNo, long position, int size, int crc, int tagHash) {
        requireFollowing(queueNo, position, size);
        RowChunk chunk = rows.chunkToWrite(queueNo);
        append(chunk, queueNo, position, size, crc, tagHash);
        newestPosition = position;
    }

    private void append(RowChunk chunk, int queueNo, long position, int size, int crc, int tagHash) {
        int row = queueNo & RowChunk.ROW_MASK;
        long offset = chunk.end(row);
        long ordinal = BlockOrdinals.ordinalOf(offset);
        int block = chunk.block(row, ordinal);
        if (block == Blocks.NONE) {
            block = addBlock(chunk, queueNo, offset, ordinal);
        }
        blocks.putEntry(block, (int) (offset - BlockOrdinals.firstOffset(ordinal)), position, size, crc, tagHash);
        chunk.publishEnd(row, offset + 1);
    }

    private int addBlock(RowChunk chunk, int queueNo, long offset, long ordinal) {
        if (offset > BlockOrdinals.OFFSET_MAX) {
            throw new IndexMismatchException("queue " + queueNo + ": offset " + offset + " (expected: at most "
                    + BlockOrdinals.OFFSET_MAX + ")");
        }
        int row = queueNo & RowChunk.ROW_MASK;
        int block = allocate(BlockOrdinals.sizeOf(ordinal), BlockLayout.owner(queueNo, ordinal));
        if (chunk.blockCount(row) == 0) {
            chunk.beginAt(row, offset, ordinal, block);
        } else {
            chunk.addBlock(row, block);
        }
        return block;
    }

    private int allocate(BlockSize size, long owner) {
        try {
            return allocator.allocate(size, owner);
        } catch (IOException e) {
            throw new UncheckedIOException("index: no room for another file of " + size + " blocks", e);
        }
    }

    private void requireFollowing(int queueNo, long position, int size) {
        if (position < newestPosition || size < 0) {
            throw new IndexMismatchException("queue " + queueNo + ": record of " + size + " bytes at " + position
                    + " (expected: at or behind " + newestPosition + ")");
        }
    }

    /**
     * Appends an entry that the log already has, during recovery. What the restored slice or an earlier replay knows is
     * skipped. Offsets that are jumped over become holes; in a queue without entries they do not exist at all.
     *
     * @param offset what the log says the message's offset is
     * @throws IndexMismatchException when it contradicts what the index holds
     */
    public void appendReplayed(int queueNo, long offset, long position, int size, int crc, int tagHash) {
        RowChunk chunk = rows.chunkToWrite(queueNo);
        if (position < chunk.stamp() || isKnown(chunk, queueNo, offset, position)) {
            return;
        }
        requireFollowing(queueNo, position, size);
        fillUpTo(chunk, queueNo, offset, position);
        append(chunk, queueNo, position, size, crc, tagHash);
        newestPosition = position;
    }

    private boolean isKnown(RowChunk chunk, int queueNo, long offset, long position) {
        int row = queueNo & RowChunk.ROW_MASK;
        if (offset >= chunk.end(row)) {
            return false;
        }
        long comparable = Math.max(chunk.minHint(row), chunk.risingFrom(row)); // before it entries may have been moved
        if (offset >= comparable && views.positionAt(chunk, row, offset) != position) {
            throw new IndexMismatchException("queue " + queueNo + ": offset " + offset + " at " + position
                    + " (expected: at " + views.positionAt(chunk, row, offset) + ")");
        }
        return true;
    }

    /** Holes get the position of the entry behind them, so that positions still do not fall. */
    private void fillUpTo(RowChunk chunk, int queueNo, long offset, long position) {
        int row = queueNo & RowChunk.ROW_MASK;
        long holeCount = offset - chunk.end(row);
        if (holeCount > 0 && chunk.risingFrom(row) > 0) {
            moved.fill(chunk, queueNo, offset);
            return;
        }
        if (offset > BlockOrdinals.OFFSET_MAX || (holeCount > HOLES_MAX && chunk.blockCount(row) > 0)) {
            throw new IndexMismatchException("queue " + queueNo + ": offset " + offset + " (expected: " + chunk.end(row)
                    + ", or up to " + HOLES_MAX + " later)");
        }
        if (chunk.blockCount(row) == 0) {
            if (holeCount > 0) {
                chunk.reset(row, offset);
            }
            return;
        }
        for (long left = holeCount; left > 0; left--) {
            append(chunk, queueNo, position, 0, 0, 0);
        }
    }

    /**
     * A message of the queue has a copy at a new position: same offset, from now on found there. The entry is changed by
     * {@link #settleMoves}. Shard thread.
     *
     * @param offset of a message that is in the index
     * @param position of the copy; not before that of any entry appended earlier, in whatever queue
     * @param size of the copy in bytes
     * @param crc CRC-32C of the copy
     * @param tagHash of the message's tag, 0 without one
     */
    public void move(int queueNo, long offset, long position, int size, int crc, int tagHash) {
        requireFollowing(queueNo, position, size);
        if (offset >= nextOffset(queueNo)) {
            throw new IndexMismatchException("queue " + queueNo + ": offset " + offset + " moved (expected: less than "
                    + nextOffset(queueNo) + ")");
        }
        moved.await(new MovedEntries.Move(queueNo, offset, position, size, crc, tagHash));
        newestPosition = position;
    }

    /**
     * Lets readers find moved messages at their new positions, once their records cannot be lost any more. Shard thread.
     *
     * @param safePosition records before it are on the disk and committed
     * @return how many moves still wait; no checkpoint's slice may be written before there is none
     */
    public int settleMoves(long safePosition) {
        moved.settle(rows, safePosition);
        return moved.waitingCount();
    }

    /** @return how many moves wait for {@link #settleMoves}. Shard thread */
    public int movesWaiting() {
        return moved.waitingCount();
    }

    /** Takes a move that the log already has, during recovery. What a restored slice knows is skipped. */
    public void moveReplayed(int queueNo, long offset, long position, int size, int crc, int tagHash) {
        RowChunk chunk = rows.chunkToWrite(queueNo);
        if (position >= chunk.stamp()) {
            requireFollowing(queueNo, position, size);
            moved.put(chunk, new MovedEntries.Move(queueNo, offset, position, size, crc, tagHash));
            newestPosition = position;
        }
    }

    /** @return behind the last offset of the queue whose message may lie before the position. Any thread */
    public long endBefore(int queueNo, long position) {
        return views.endBefore(queueNo, position);
    }

    /**
     * The queue is deleted: it is empty and begins at 0. Shard thread, live or in recovery.
     *
     * @param position of the record that says so; skipped when a restored slice knows it
     */
    public void drop(int queueNo, long position) {
        RowChunk chunk = rows.chunkOf(queueNo);
        endsBefore.drop(queueNo, position);
        moved.drop(queueNo);
        if (chunk != null && position >= chunk.stamp()) {
            sweep.drop(chunk, queueNo & RowChunk.ROW_MASK);
        }
    }

    /**
     * Where a queue begins.
     *
     * @return the first offset that is retained, else {@link #maxOffset}; 0 of an unknown queue. Where messages were moved it
     *     may be an earlier one for the moment after {@link LogBounds#startPosition} has changed. Any thread
     */
    public long minOffset(int queueNo) {
        return views.minOffset(queueNo);
    }

    /** @return the offset behind the last committed message; 0 of an unknown queue. Any thread */
    public long maxOffset(int queueNo) {
        return views.maxOffset(queueNo);
    }

    /**
     * Copies committed entries, from {@code fromOffset} on or from the first retained offset when that is later. Any
     * thread.
     *
     * @param countMax at most so many, and at most what {@code dst} holds
     * @param dst is overwritten; its {@link IndexEntries#firstOffset} says where it begins. Holes are in it, too, but for long
     *     runs of them at the beginning
     * @return how many were copied; 0 when there is none at or behind {@link IndexEntries#firstOffset} yet
     */
    public int copy(int queueNo, long fromOffset, int countMax, IndexEntries dst) {
        return views.copy(queueNo, fromOffset, countMax, dst);
    }

    /**
     * Frees blocks whose entries all lie before the log's start. Shard thread.
     *
     * @param rowCountMax how many queues to look at in this call
     * @return how many were looked at; 0 when nothing is left to do until the start moves
     */
    public int sweep(int rowCountMax) {
        return sweep.sweep(rowCountMax);
    }

    /**
     * A checkpoint begins; its slices are what there is now. Shard thread.
     *
     * @param number of the checkpoint, not less than that of any before; its position will do
     */
    public void checkpointBegun(long number) {
        allocator.checkpointBegun(number);
        sliceCount = rows.chunkCount() + 1;
    }

    /** @return how many slices the checkpoint that has begun last consists of */
    public int sliceCount() {
        return sliceCount;
    }

    /** Writes one slice, as of now. Shard thread. Slices are written in order: the last one tells of the rest. */
    public void writeSlice(int slice, SliceOutput out) {
        if (moved.waitingCount() > 0) {
            throw new IllegalStateException(
                    "moves that wait: " + moved.waitingCount() + " (expected: none, in a slice)");
        }
        boolean isLast = slice == sliceCount - 1;
        out.writeByte(isLast ? ALLOCATOR_SLICE : ROWS_SLICE);
        out.writeLong(blocks.generation());
        if (isLast) {
            allocator.write(out);
        } else {
            out.writeInt(slice);
            RowSlices.write(rows.chunk(slice), out);
        }
    }

    /**
     * The checkpoint is on the disk, verified, and kept together with the one completed before it. Shard thread. One that
     * failed is simply never completed.
     */
    public void checkpointCompleted(long number) {
        allocator.checkpointCompleted(number);
    }

    /**
     * Takes a slice of the checkpoint in, during recovery; all of them in the order in which they were written.
     *
     * @param stamp the slice holds the effect of all records before this position
     * @throws IndexDamagedException when the index files do not fit; this index is of no use then
     */
    public void restoreSlice(SliceInput in, long stamp) throws IOException {
        boolean isLast = in.readByte() == ALLOCATOR_SLICE;
        long generation = in.readLong();
        if (blocks.isEmpty()) {
            blocks.beginGeneration(generation);
        }
        if (generation != blocks.generation()) {
            throw new IndexDamagedException(
                    "index files: generation " + blocks.generation() + " (expected: " + generation + ")");
        }
        if (isLast) {
            allocator.restore(in);
            allocator.settle(slices.usedBlocks());
        } else {
            int firstQueueNo = in.readInt() << RowChunk.ROW_COUNT_SHIFT;
            RowChunk chunk = rows.chunkToWrite(firstQueueNo);
            chunk.stamp(stamp);
            slices.restore(chunk, firstQueueNo, in);
        }
    }

    /**
     * Takes from a slice only where its queues ended, so that a queue of which nothing is retained goes on where it was.
     * For an index that was just made by {@link #createEmpty}.
     *
     * @param stamp the slice holds the effect of all records before this position
     */
    public void restoreEnds(SliceInput in, long stamp) throws IOException {
        boolean isLast = in.readByte() == ALLOCATOR_SLICE;
        blocks.beginGeneration(Math.max(blocks.generation(), in.readLong() + 1));
        if (isLast) {
            allocator.restoreNumber(in);
        } else {
            endsBefore.read(in, stamp);
        }
    }

    /** The replay is over. Shard thread. */
    public void recovered() {
        endsBefore.forEach(this::raiseEnd);
        endsBefore.clear();
    }

    /** What is missing up to the former end is either before the log's start or damaged. */
    private void raiseEnd(int queueNo, long end) {
        RowChunk chunk = rows.chunkToWrite(queueNo);
        if (chunk.end(queueNo & RowChunk.ROW_MASK) < end) {
            fillUpTo(chunk, queueNo, end, newestPosition);
        }
    }

    /**
     * Makes sure that the next appends need no new file, as far as {@link BlockAllocator#COMMAND_BLOCKS} blocks of each size go.
     * Shard thread.
     *
     * @return false when one is needed and the disk has no room for it
     */
    public boolean makeRoom() {
        try {
            allocator.makeRoom();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Makes the next block files ahead of their need. Maintenance thread. */
    public void prepareRoom() throws IOException {
        for (BlockSize size : BlockSize.values()) {
            if (allocator.isShort(size)) {
                blocks.of(size).prepareSpare();
            }
        }
    }

    /**
     * Returns once all that was appended before is on the disk. Maintenance thread: after the last slice of a checkpoint
     * was written and before the checkpoint gets its name.
     */
    public void forceFiles() throws IOException {
        blocks.force();
    }

    /** No thread may read any more. */
    @Override
    public void close() {
        rows.close();
        blocks.close();
    }
}
