package io.ternmq.log.storage;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file read and written at positions. Reads and writes may go on at the same time from several threads. */
public interface StorageFile extends AutoCloseable {
    /**
     * Reads until {@code dst} is full or the file ends.
     *
     * @return how many bytes were read; 0 at or behind the end of the file
     */
    int read(ByteBuffer dst, long at) throws IOException;

    /** Writes all that {@code src} has left; the file grows when needed. On an exception any part may have been written. */
    void write(ByteBuffer src, long at) throws IOException;

    /** Returns once all that was written, and the file's size, is on the disk. After an exception nothing is known. */
    void force() throws IOException;

    /** @return the file's size in bytes */
    long size() throws IOException;

    /** Cuts the file to {@code size} bytes; nothing happens when it is not longer. */
    void truncate(long size) throws IOException;

    /** Maps a part of the file, which grows to hold it. {@code at} and {@code length} are multiples of 4,096. */
    MappedRegion map(long at, int length) throws IOException;

    @Override
    void close() throws IOException;
}
