package io.ternmq.log.index;

import io.ternmq.log.storage.SliceInput;
import io.ternmq.log.storage.SliceOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import org.agrona.collections.IntArrayList;

/**
 * Which blocks are free. Shard thread only, but for {@link #isShort}.
 *
 * <p>A freed block waits until both kept checkpoints know it as free: were it used again earlier, a restart from one
 * of them would find another queue's entries in a block that its rows still name. A checkpoint is sure to know a block
 * as free when it was begun after the block was freed, since rows are written some at a time. So a block is put away
 * with the number of the last checkpoint begun before, and is free once the older of the two kept ones is a later one.
 */
final class BlockAllocator {
    /** A command's messages begin so many blocks of a size at most, by any likelihood. */
    static final int COMMAND_BLOCKS = 16;

    private static final long NONE_YET = -1;

    private final Blocks blocks;
    private final IntArrayList[] freeNumbers = new IntArrayList[BlockSize.COUNT];
    private final Deque<FreedBlocks> waiting = new ArrayDeque<>();
    private volatile int shortSizes;
    private long begunCheckpoint = NONE_YET;
    private long newerKeptCheckpoint = NONE_YET;
    private long olderKeptCheckpoint = NONE_YET;

    /** Blocks freed while one checkpoint was the last that had been begun. */
    private record FreedBlocks(long begunCheckpoint, IntArrayList handles) {}

    BlockAllocator(Blocks blocks) {
        this.blocks = blocks;
        for (int i = 0; i < freeNumbers.length; i++) {
            freeNumbers[i] = new IntArrayList();
        }
    }

    /** @return the handle of a block that is now the owner's; its entries are whatever was there before */
    int allocate(BlockSize size, long owner) throws IOException {
        IntArrayList free = freeNumbers[size.code()];
        if (free.isEmpty()) {
            grow(size);
        }
        int handle = Blocks.handle(size, free.popInt());
        noteIfShort(size);
        blocks.putOwner(handle, owner);
        return handle;
    }

    private void grow(BlockSize size) throws IOException {
        int[] known = freeNumbers[size.code()].toIntArray();
        IntArrayList free = freeNumbers[size.code()];
        int begin = blocks.of(size).blockCount();
        blocks.of(size).grow();
        free.clear();
        for (int number = blocks.of(size).blockCount() - 1; number >= begin; number--) {
            free.pushInt(number);
        }
        for (int number : known) {
            free.pushInt(number); // taken first
        }
    }

    /** Makes files until some blocks of each size are free, as many as a command takes by any likelihood. */
    void makeRoom() throws IOException {
        for (BlockSize size : BlockSize.values()) {
            if (freeNumbers[size.code()].size() < COMMAND_BLOCKS) {
                grow(size);
            }
        }
    }

    /** The maintenance thread looks at this to make the next file ahead; a late answer only costs a wait. */
    private void noteIfShort(BlockSize size) {
        int bit = 1 << size.code();
        boolean isShort = freeNumbers[size.code()].size() < size.blocksPerFile() / 4;
        int known = shortSizes;
        if (isShort != ((known & bit) != 0)) {
            shortSizes = isShort ? known | bit : known & ~bit;
        }
    }

    /** @return whether the next file of that size will be needed soon. Any thread */
    boolean isShort(BlockSize size) {
        return (shortSizes & 1 << size.code()) != 0;
    }

    /** Puts a block away that no row names any more. */
    void free(int handle) {
        FreedBlocks last = waiting.peekLast();
        if (last == null || last.begunCheckpoint != begunCheckpoint) {
            last = new FreedBlocks(begunCheckpoint, new IntArrayList());
            waiting.addLast(last);
        }
        last.handles.addInt(handle);
    }

    /** Before the first slice of a checkpoint is written. Numbers do not fall; the same one may be tried again. */
    void checkpointBegun(long number) {
        if (number < begunCheckpoint) {
            throw new IllegalArgumentException(
                    "checkpoint: " + number + " (expected: at least " + begunCheckpoint + ")");
        }
        begunCheckpoint = number;
    }

    /** The checkpoint is kept from now on, and the one completed before it; older ones are gone. */
    void checkpointCompleted(long number) {
        if (number < newerKeptCheckpoint || number > begunCheckpoint) {
            throw new IllegalArgumentException(
                    "checkpoint: " + number + " (expected: " + newerKeptCheckpoint + ".." + begunCheckpoint + ")");
        }
        if (number == newerKeptCheckpoint) {
            return; // it replaces the one of that number; the other kept one is still the same
        }
        olderKeptCheckpoint = newerKeptCheckpoint;
        newerKeptCheckpoint = number;
        FreedBlocks first = waiting.peekFirst();
        while (first != null && first.begunCheckpoint < olderKeptCheckpoint) {
            first.handles.forEachOrderedInt(this::makeFree);
            waiting.removeFirst();
            first = waiting.peekFirst();
        }
    }

    private void makeFree(int handle) {
        BlockSize size = Blocks.sizeOf(handle);
        freeNumbers[size.code()].pushInt(Blocks.numberOf(handle));
        noteIfShort(size);
    }

    /** @return how many blocks of that size may be used at once */
    int freeCount(BlockSize size) {
        return freeNumbers[size.code()].size();
    }

    /** @return how many freed blocks still wait for checkpoints */
    int waitingCount() {
        return waiting.stream().mapToInt(freed -> freed.handles.size()).sum();
    }

    /**
     * Writes what rows do not say: which blocks wait. It is the last slice of a checkpoint, so that it has every
     * block that was freed before a row was written without it.
     */
    void write(SliceOutput out) {
        out.writeLong(begunCheckpoint);
        out.writeInt(waiting.size());
        for (FreedBlocks freed : waiting) {
            out.writeLong(freed.begunCheckpoint);
            out.writeInt(freed.handles.size());
            for (int i = 0; i < freed.handles.size(); i++) {
                out.writeInt(freed.handles.getInt(i));
            }
        }
    }

    /** Reads what {@link #write} wrote. {@link #settle} must follow. */
    void restore(SliceInput in) throws IndexDamagedException {
        begunCheckpoint = in.readLong();
        newerKeptCheckpoint = begunCheckpoint;
        for (int left = in.readInt(); left > 0; left--) {
            FreedBlocks freed = new FreedBlocks(in.readLong(), new IntArrayList());
            for (int handlesLeft = in.readInt(); handlesLeft > 0; handlesLeft--) {
                freed.handles.addInt(requireKnown(in.readInt()));
            }
            waiting.addLast(freed);
        }
    }

    /** Reads only the number, so that the numbers of further checkpoints go on rising. */
    void restoreNumber(SliceInput in) {
        begunCheckpoint = in.readLong();
    }

    private int requireKnown(int handle) throws IndexDamagedException {
        if (!blocks.contains(handle)) {
            throw new IndexDamagedException("index files: no block " + handle + ", which the checkpoint knows");
        }
        return handle;
    }

    /**
     * After a restore: free is what neither a row names nor waits. A block that a row names and that waits as well was
     * freed after the row was written; the replay frees it once more.
     *
     * @param used for each size, the numbers of the blocks that rows name
     */
    void settle(BitSet[] used) {
        BitSet[] taken = new BitSet[used.length];
        for (BlockSize size : BlockSize.values()) {
            taken[size.code()] = (BitSet) used[size.code()].clone();
        }
        for (FreedBlocks freed : waiting) {
            freed.handles.removeIfInt(handle -> isMarked(used, handle));
            freed.handles.forEachOrderedInt(handle -> mark(taken, handle));
        }
        for (BlockSize size : BlockSize.values()) {
            IntArrayList free = freeNumbers[size.code()];
            free.clear();
            for (int number = blocks.of(size).blockCount() - 1; number >= 0; number--) {
                if (!taken[size.code()].get(number)) {
                    free.pushInt(number);
                }
            }
        }
    }

    /** @return whether the block had been marked already */
    static boolean mark(BitSet[] marks, int handle) {
        boolean marked = isMarked(marks, handle);
        marks[Blocks.sizeOf(handle).code()].set(Blocks.numberOf(handle));
        return marked;
    }

    private static boolean isMarked(BitSet[] marks, int handle) {
        return marks[Blocks.sizeOf(handle).code()].get(Blocks.numberOf(handle));
    }
}
