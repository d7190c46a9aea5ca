package io.ternmq.log;

import io.ternmq.log.index.IndexEntries;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** What a thread needs to read: a buffer off the heap and room for index entries. One a thread; never shared. */
public final class ReadScratch implements AutoCloseable {
    static final int ENTRIES_MAX = 256;

    private static final int INITIAL_BYTES = 64 * 1024;
    /** A longer span is read in pieces; only a larger record makes the buffer grow beyond. */
    static final int SPAN_BYTES_MAX = 512 * 1024;

    private final IndexEntries entries = new IndexEntries(ENTRIES_MAX);
    private final RangeChecksum checksum = new RangeChecksum();
    private final EntryView entry = new EntryView();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private ByteBuffer buffer = ByteBuffer.allocateDirect(INITIAL_BYTES);

    /** Makes a scratch of 64 KiB, which grows with what is read. */
    public ReadScratch() {
        view.wrap(buffer);
    }

    IndexEntries entries() {
        return entries;
    }

    /** @return looks at an entry in the buffer */
    EntryView entry() {
        return entry;
    }

    ByteBuffer bytes() {
        return buffer;
    }

    UnsafeBuffer view() {
        return view;
    }

    /** @return an empty buffer with room for {@code bytes} */
    ByteBuffer cleared(int bytes) {
        if (buffer.capacity() < bytes) {
            BufferUtil.free(buffer);
            buffer = ByteBuffer.allocateDirect(Math.max(bytes, Math.min(SPAN_BYTES_MAX, buffer.capacity() * 2)));
            view.wrap(buffer);
        }
        return buffer.clear().limit(bytes);
    }

    int checksumOf(int index, int length) {
        return checksum.of(buffer, index, length);
    }

    /** Gives back an oversized buffer. */
    void shrink() {
        if (buffer.capacity() > SPAN_BYTES_MAX) {
            BufferUtil.free(buffer);
            buffer = ByteBuffer.allocateDirect(SPAN_BYTES_MAX);
            view.wrap(buffer);
        }
    }

    /** Frees the buffer. */
    @Override
    public void close() {
        view.wrap(0, 0);
        BufferUtil.free(buffer);
    }
}
