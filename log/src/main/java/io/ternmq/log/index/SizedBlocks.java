package io.ternmq.log.index;

import io.ternmq.log.storage.LogDirectory;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The files of the blocks of one size, which are numbered through all of them. Files are only ever added, so a number
 * that a thread has seen in a row stays good for it. The writer adds files; the maintenance thread makes the next one
 * ahead, so that the writer seldom has to wait for zeros.
 */
final class SizedBlocks implements AutoCloseable {
    /** A handle keeps two bits for the size and stays positive. */
    static final int BLOCK_COUNT_MAX = 1 << 29;

    private final LogDirectory directory;
    private final BlockSize size;
    private final int fileShift;
    private final int fileMask;
    private final int blockBytes;
    private final Object growing = new Object();
    private volatile BlockFile[] files = {};
    private @Nullable BlockFile spare;
    private long generation;

    SizedBlocks(LogDirectory directory, BlockSize size, long generation) {
        this.directory = directory;
        this.size = size;
        this.generation = generation;
        this.fileShift = size.fileShift();
        this.fileMask = size.blocksPerFile() - 1;
        this.blockBytes = size.blockBytes();
    }

    /** Files are made with this generation. There are none yet. */
    void beginGeneration(long number) {
        synchronized (growing) {
            if (number != generation && (files.length > 0 || spare != null)) {
                throw new IllegalStateException(size + " blocks: files of generation " + generation + " are there");
            }
            generation = number;
        }
    }

    /** @return how many blocks there are, used or free */
    int blockCount() {
        return files.length << fileShift;
    }

    /** @return the memory that holds block {@code number}, from {@link #indexOf} on */
    UnsafeBuffer bufferOf(int number) {
        return files[number >>> fileShift].buffer();
    }

    /** @return where in its file the block begins */
    int indexOf(int number) {
        return BlockLayout.FILE_HEADER_BYTES + (number & fileMask) * blockBytes;
    }

    /** To be called after each change of a block. */
    void markDirty(int number) {
        files[number >>> fileShift].markDirty();
    }

    /** Maps the files that are there, up to {@code fileCount}; one that is missing or broken is made anew, empty. */
    void openExisting(int fileCount) throws IOException {
        BlockFile[] opened = new BlockFile[fileCount];
        for (int i = 0; i < fileCount; i++) {
            opened[i] = openOrCreate(i);
        }
        files = opened;
    }

    /** Nothing needs to be said here about a file made anew: rows that have blocks in it find that these are not theirs. */
    private BlockFile openOrCreate(int fileNumber) throws IOException {
        try {
            return BlockFile.open(directory, size, fileNumber, generation);
        } catch (IndexDamagedException | NoSuchFileException e) {
            return BlockFile.create(directory, size, fileNumber, generation);
        }
    }

    /** Writer only. Adds one file of free blocks. */
    void grow() throws IOException {
        synchronized (growing) {
            BlockFile added = spare;
            spare = null;
            if (added == null) {
                added = BlockFile.create(directory, size, requireNextFileNumber(), generation);
            }
            BlockFile[] grown = Arrays.copyOf(files, files.length + 1);
            grown[files.length] = added;
            files = grown;
        }
    }

    /** Any thread but the writer. Makes the file that {@link #grow} will add, unless it is there already. */
    void prepareSpare() throws IOException {
        synchronized (growing) {
            if (spare == null) {
                spare = BlockFile.create(directory, size, requireNextFileNumber(), generation);
            }
        }
    }

    private int requireNextFileNumber() {
        if (files.length >= BLOCK_COUNT_MAX >>> fileShift) {
            throw new IllegalStateException(
                    size + " blocks: " + blockCount() + " (expected: fewer than " + BLOCK_COUNT_MAX + ")");
        }
        return files.length;
    }

    /** Maintenance thread. */
    void force() throws IOException {
        for (BlockFile file : files) {
            file.forceIfDirty();
        }
    }

    @Override
    public void close() {
        synchronized (growing) {
            for (BlockFile file : files) {
                file.close();
            }
            files = new BlockFile[0];
            if (spare != null) {
                spare.close();
                spare = null;
            }
        }
    }
}
