package io.ternmq.embedded.memory;

import io.ternmq.log.storage.MappedRegion;
import io.ternmq.log.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A file in memory, made of pages. Thread-safe as the interface asks for: reads and writes go on at the same time, growth is one at a
 * time; what is mapped is mapped before it is written.
 */
final class MemoryFile implements StorageFile {

    private static final int PAGE_BYTES = 64 * 1024;

    private final MemoryBudget budget;
    private volatile ByteBuffer[] pages = {};
    private volatile long sizeBytes;

    MemoryFile(MemoryBudget budget) {
        this.budget = budget;
    }

    @Override
    public int read(ByteBuffer dst, long at) {
        long end = Math.min(sizeBytes, at + dst.remaining());
        long next = at;
        while (next < end) {
            ByteBuffer page = pages[(int) (next / PAGE_BYTES)];
            int offset = (int) (next % PAGE_BYTES);
            int count = (int) Math.min(end - next, PAGE_BYTES - offset);
            dst.put(dst.position(), page, offset, count);
            dst.position(dst.position() + count);
            next += count;
        }
        return (int) Math.max(0, next - at);
    }

    @Override
    public void write(ByteBuffer src, long at) throws IOException {
        long next = at;
        grow(at + src.remaining());
        while (src.hasRemaining()) {
            ByteBuffer page = pages[(int) (next / PAGE_BYTES)];
            int offset = (int) (next % PAGE_BYTES);
            int count = Math.min(src.remaining(), PAGE_BYTES - offset);
            page.put(offset, src, src.position(), count);
            src.position(src.position() + count);
            next += count;
        }
    }

    @Override
    public void force() {
        // there is nothing behind memory
    }

    @Override
    public long size() {
        return sizeBytes;
    }

    @Override
    public synchronized void truncate(long size) {
        if (size >= sizeBytes) {
            return;
        }
        int kept = pagesOf(size);
        budget.giveBack((long) (pages.length - kept) * PAGE_BYTES);
        sizeBytes = size;
        pages = Arrays.copyOf(pages, kept);
        if (size % PAGE_BYTES != 0) {
            clear(pages[kept - 1], (int) (size % PAGE_BYTES));
        }
    }

    /** The region is one piece of memory: the pages of what is mapped are cut from it. */
    @Override
    public synchronized MappedRegion map(long at, int length) throws IOException {
        grow(at + length);
        int first = (int) (at / PAGE_BYTES);
        int end = pagesOf(at + length);
        ByteBuffer whole = ByteBuffer.allocateDirect((end - first) * PAGE_BYTES);
        ByteBuffer[] mapped = pages.clone();
        for (int i = first; i < end; i++) {
            whole.put((i - first) * PAGE_BYTES, mapped[i], 0, PAGE_BYTES);
            mapped[i] = whole.slice((i - first) * PAGE_BYTES, PAGE_BYTES);
        }
        pages = mapped;
        return new MemoryRegion(new UnsafeBuffer(whole, (int) (at % PAGE_BYTES), length));
    }

    @Override
    public void close() {
        // stays until it is deleted
    }

    synchronized void release() {
        budget.giveBack((long) pages.length * PAGE_BYTES); // what is still read keeps its pages
    }

    private synchronized void grow(long size) throws IOException {
        int count = pagesOf(size);
        if (count > pages.length) {
            budget.take((long) (count - pages.length) * PAGE_BYTES);
            ByteBuffer[] more = Arrays.copyOf(pages, count);
            for (int i = pages.length; i < count; i++) {
                more[i] = ByteBuffer.allocateDirect(PAGE_BYTES);
            }
            pages = more;
        }
        sizeBytes = Math.max(sizeBytes, size);
    }

    private static int pagesOf(long size) {
        return (int) ((size + PAGE_BYTES - 1) / PAGE_BYTES);
    }

    private static void clear(ByteBuffer page, int from) {
        for (int i = from; i < PAGE_BYTES; i++) {
            page.put(i, (byte) 0);
        }
    }

    private record MemoryRegion(UnsafeBuffer buffer) implements MappedRegion {
        @Override
        public void force() {
            // there is nothing behind memory
        }

        @Override
        public void close() {
            // belongs to the file
        }
    }
}
