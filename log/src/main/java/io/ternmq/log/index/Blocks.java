package io.ternmq.log.index;

import io.ternmq.log.storage.LogDirectory;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * All blocks of the index, found by their handle: the block's number among those of its size, and the size in the two
 * lowest bits. The writer writes; any thread reads blocks whose handle it found in a row.
 */
final class Blocks implements AutoCloseable {
    /** No block has this handle. */
    static final int NONE = -1;

    private static final int SIZE_BITS = 2;
    private static final int SIZE_MASK = (1 << SIZE_BITS) - 1;
    private static final String NAME_PREFIX = "blocks-";

    private final SizedBlocks[] sizes;
    private final LogDirectory directory;
    private long generation;

    private Blocks(LogDirectory directory, long generation) {
        this.directory = directory;
        this.generation = generation;
        this.sizes = new SizedBlocks[BlockSize.COUNT];
        for (BlockSize size : BlockSize.values()) {
            sizes[size.code()] = new SizedBlocks(directory, size, generation);
        }
    }

    /** Opens what is there; the newest generation counts. */
    static Blocks open(LogDirectory directory) throws IOException {
        Blocks blocks = new Blocks(directory, newestGeneration(directory));
        try {
            List<String> names = directory.list();
            for (BlockSize size : BlockSize.values()) {
                blocks.sizes[size.code()].openExisting(fileCount(names, size));
            }
            return blocks;
        } catch (IOException | RuntimeException e) {
            blocks.close();
            throw e;
        }
    }

    /** Deletes all block files and begins the next generation. The old ones must be closed. */
    static Blocks createEmpty(LogDirectory directory) throws IOException {
        long generation = newestGeneration(directory) + 1;
        for (String name : directory.list()) {
            if (name.startsWith(NAME_PREFIX)) {
                directory.delete(name);
            }
        }
        return new Blocks(directory, generation);
    }

    private static long newestGeneration(LogDirectory directory) throws IOException {
        long newest = 1;
        for (String name : directory.list()) {
            if (name.startsWith(NAME_PREFIX)) {
                newest = Math.max(newest, BlockFile.generationOf(directory, name));
            }
        }
        return newest;
    }

    /** @return one more than the highest number of a file of that size */
    private static int fileCount(List<String> names, BlockSize size) {
        int fileNumber = 0;
        for (String name : names) {
            if (name.startsWith(NAME_PREFIX + size.entryCount() + "-") && !name.endsWith(BlockFile.UNFINISHED_SUFFIX)) {
                fileNumber = Math.max(fileNumber, numberIn(name));
            }
        }
        return names.contains(size.fileName(fileNumber)) ? fileNumber + 1 : 0;
    }

    private static int numberIn(String name) {
        try {
            return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
        } catch (NumberFormatException e) {
            return 0; // not ours: the name check of the caller leaves it alone
        }
    }

    static int handle(BlockSize size, int number) {
        return number << SIZE_BITS | size.code();
    }

    static BlockSize sizeOf(int handle) {
        return BlockSize.at(handle & SIZE_MASK);
    }

    static int numberOf(int handle) {
        return handle >>> SIZE_BITS;
    }

    /** @return which filling of the folder this is, from 1; a checkpoint fits only the one it was made with */
    long generation() {
        return generation;
    }

    /** @return whether there are no files, which fits any checkpoint that names no block */
    boolean isEmpty() {
        return Arrays.stream(sizes).allMatch(blocks -> blocks.blockCount() == 0);
    }

    /** There are no files yet. */
    void beginGeneration(long number) {
        generation = number;
        for (SizedBlocks blocks : sizes) {
            blocks.beginGeneration(number);
        }
    }

    /** @return the blocks of one size */
    SizedBlocks of(BlockSize size) {
        return sizes[size.code()];
    }

    /** @return whether there is such a block at all */
    boolean contains(int handle) {
        return handle >= 0
                && (handle & SIZE_MASK) < sizes.length
                && numberOf(handle) < sizes[handle & SIZE_MASK].blockCount();
    }

    /** @return what the block's header says about whose it is */
    long owner(int handle) {
        SizedBlocks blocks = sizes[handle & SIZE_MASK];
        int number = numberOf(handle);
        return blocks.bufferOf(number).getLong(blocks.indexOf(number) + BlockLayout.BLOCK_OWNER, ByteOrder.BIG_ENDIAN);
    }

    /** Writer only. */
    void putOwner(int handle, long owner) {
        SizedBlocks blocks = sizes[handle & SIZE_MASK];
        int number = numberOf(handle);
        blocks.bufferOf(number).putLong(blocks.indexOf(number) + BlockLayout.BLOCK_OWNER, owner, ByteOrder.BIG_ENDIAN);
        blocks.markDirty(number);
    }

    /** Writer only. Writes entry {@code slot} of a block. */
    void putEntry(int handle, int slot, long position, int size, int crc, int tagHash) {
        SizedBlocks blocks = sizes[handle & SIZE_MASK];
        int number = numberOf(handle);
        UnsafeBuffer buffer = blocks.bufferOf(number);
        int index = entryIndex(blocks.indexOf(number), slot);
        buffer.putLong(index + BlockLayout.POSITION, position, ByteOrder.BIG_ENDIAN);
        buffer.putInt(index + BlockLayout.SIZE, size, ByteOrder.BIG_ENDIAN);
        buffer.putInt(index + BlockLayout.CRC, crc, ByteOrder.BIG_ENDIAN);
        buffer.putInt(index + BlockLayout.TAG_HASH, tagHash, ByteOrder.BIG_ENDIAN);
        blocks.markDirty(number);
    }

    /** @return the position in entry {@code slot} of a block */
    long position(int handle, int slot) {
        SizedBlocks blocks = sizes[handle & SIZE_MASK];
        int number = numberOf(handle);
        return blocks.bufferOf(number)
                .getLong(entryIndex(blocks.indexOf(number), slot) + BlockLayout.POSITION, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Copies entries of one block until one lies at or behind the end; those before the start are holes in the copy.
     *
     * @return how many were copied
     */
    int copy(int handle, int slot, int countMax, IndexEntries.Range range, IndexEntries dst) {
        SizedBlocks blocks = sizes[handle & SIZE_MASK];
        int number = numberOf(handle);
        return dst.take(blocks.bufferOf(number), entryIndex(blocks.indexOf(number), slot), countMax, range);
    }

    /** Writer only. Makes holes of entries: nothing is there, and no position is before theirs. */
    void putHoles(int handle, int fromSlot, int toSlot) {
        for (int slot = fromSlot; slot < toSlot; slot++) {
            putEntry(handle, slot, 0, 0, 0, 0);
        }
    }

    private static int entryIndex(int blockIndex, int slot) {
        return blockIndex + BlockLayout.BLOCK_HEADER_BYTES + slot * BlockLayout.ENTRY_BYTES;
    }

    /** Maintenance thread. Returns once all that was written before is on the disk, the files' names too. */
    void force() throws IOException {
        for (SizedBlocks blocks : sizes) {
            blocks.force();
        }
        directory.force();
    }

    @Override
    public void close() {
        for (SizedBlocks blocks : sizes) {
            blocks.close();
        }
    }
}
