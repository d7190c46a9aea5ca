package io.ternmq.log.index;

import io.ternmq.log.storage.LogDirectory;
import io.ternmq.log.storage.MappedRegion;
import io.ternmq.log.storage.OpenMode;
import io.ternmq.log.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A mapped file of blocks of one size. It is written full of zeros before it is mapped, so that a full disk is an
 * exception here and not a signal that kills the process when a page is touched later.
 */
final class BlockFile implements AutoCloseable {
    static final String UNFINISHED_SUFFIX = ".tmp";
    private static final int FILL_BYTES = 64 * 1024;

    private final MappedRegion region;
    private final UnsafeBuffer buffer;
    private final AtomicBoolean dirty = new AtomicBoolean(true);

    private BlockFile(MappedRegion region) {
        this.region = region;
        this.buffer = region.buffer();
    }

    /** Makes the file under another name first: a file with a right name is whole, whenever the process dies. */
    static BlockFile create(LogDirectory directory, BlockSize size, int fileNumber, long generation)
            throws IOException {
        String name = size.fileName(fileNumber);
        String unfinishedName = name + UNFINISHED_SUFFIX;
        try (StorageFile file = directory.open(unfinishedName, OpenMode.CREATE)) {
            ByteBuffer zeros =
                    ByteBuffer.allocate(FILL_BYTES); // on the heap: this is seldom, and gone with the next collection
            for (int at = 0; at < size.fileBytes(); at += FILL_BYTES) {
                zeros.clear().limit(Math.min(FILL_BYTES, size.fileBytes() - at));
                file.write(zeros, at);
            }
            file.write(header(size, fileNumber, generation), 0);
        }
        directory.rename(unfinishedName, name);
        return map(directory, size, name);
    }

    /** @throws IndexDamagedException when it is not the whole file of that number and generation */
    static BlockFile open(LogDirectory directory, BlockSize size, int fileNumber, long generation) throws IOException {
        String name = size.fileName(fileNumber);
        try (StorageFile file = directory.open(name, OpenMode.READ)) {
            ByteBuffer found = ByteBuffer.allocate(BlockLayout.FILE_HEADER_BYTES);
            file.read(found, 0);
            if (file.size() != size.fileBytes() || !found.flip().equals(header(size, fileNumber, generation))) {
                throw new IndexDamagedException(
                        name + ": not a block file of " + size.fileBytes() + " bytes and generation " + generation);
            }
        }
        return map(directory, size, name);
    }

    /** @return the generation in the file's header; 0 when it has none */
    static long generationOf(LogDirectory directory, String name) throws IOException {
        try (StorageFile file = directory.open(name, OpenMode.READ)) {
            ByteBuffer header = ByteBuffer.allocate(BlockLayout.FILE_HEADER_BYTES);
            int readBytes = file.read(header, 0);
            boolean ours = readBytes == header.capacity() && header.getInt(0) == BlockLayout.MAGIC;
            return ours ? header.getLong(BlockLayout.FILE_GENERATION) : 0;
        }
    }

    private static ByteBuffer header(BlockSize size, int fileNumber, long generation) {
        return ByteBuffer.allocate(BlockLayout.FILE_HEADER_BYTES)
                .order(ByteOrder.BIG_ENDIAN)
                .putInt(BlockLayout.FILE_MAGIC, BlockLayout.MAGIC)
                .putShort(BlockLayout.FILE_FORMAT, BlockLayout.FORMAT)
                .putShort(BlockLayout.FILE_BLOCK_SIZE, (short) size.entryCount())
                .putInt(BlockLayout.FILE_NUMBER, fileNumber)
                .putLong(BlockLayout.FILE_GENERATION, generation);
    }

    private static BlockFile map(LogDirectory directory, BlockSize size, String name) throws IOException {
        try (StorageFile file = directory.open(name, OpenMode.WRITE)) {
            return new BlockFile(file.map(0, size.fileBytes()));
        }
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    /** To be called after each change of the memory, so that a force that has begun since cannot miss it. */
    void markDirty() {
        dirty.lazySet(true);
    }

    /** Maintenance thread. */
    void forceIfDirty() throws IOException {
        if (dirty.getAndSet(false)) {
            try {
                region.force();
            } catch (IOException e) {
                dirty.set(true);
                throw e;
            }
        }
    }

    @Override
    public void close() {
        region.close();
    }
}
