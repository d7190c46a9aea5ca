package io.ternmq.embedded.memory;

import io.ternmq.log.storage.MappedRegion;
import io.ternmq.log.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A file in memory, made of pages. Thread-safe as the interface asks for: reads and writes go on at the same time, changes of the size
 * are one at a time; what is mapped is mapped before it is written.
 */
final class MemoryFile implements StorageFile {

    private static final int PAGE_BYTES = 64 * 1024;

    private final MemoryBudget budget;
    private final IntFunction<ByteBuffer> memory;
    private volatile Content content = new Content(new ByteBuffer[0], 0);
    private boolean released;

    /** What a file is at one moment: the bytes in its pages may change, pages and size do not. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
    private record Content(ByteBuffer[] pages, long sizeBytes) {

        ByteBuffer page(long at) {
            return pages[(int) (at / PAGE_BYTES)];
        }

        Content withSize(long newSizeBytes) {
            return new Content(pages, newSizeBytes);
        }
    }

    MemoryFile(MemoryBudget budget) {
        this(budget, ByteBuffer::allocateDirect);
    }

    /** @param memory gives as many bytes as it is asked for, all zero */
    MemoryFile(MemoryBudget budget, IntFunction<ByteBuffer> memory) {
        this.budget = budget;
        this.memory = memory;
    }

    @Override
    public int read(ByteBuffer dst, long at) {
        Content now = content;
        long end = Math.min(now.sizeBytes(), at + dst.remaining());
        long next = at;
        while (next < end) {
            int offset = (int) (next % PAGE_BYTES);
            int count = (int) Math.min(end - next, PAGE_BYTES - offset);
            dst.put(dst.position(), now.page(next), offset, count);
            dst.position(dst.position() + count);
            next += count;
        }
        return (int) (next - at);
    }

    @Override
    public void write(ByteBuffer src, long at) throws IOException {
        if (!src.hasRemaining()) {
            return; // as on a disk, where nothing does not make a file longer
        }
        long next = at;
        Content now = grown(at + src.remaining());
        while (src.hasRemaining()) {
            int offset = (int) (next % PAGE_BYTES);
            int count = Math.min(src.remaining(), PAGE_BYTES - offset);
            now.page(next).put(offset, src, src.position(), count);
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
        return content.sizeBytes();
    }

    @Override
    public synchronized void truncate(long size) {
        Content now = content;
        if (size >= now.sizeBytes()) {
            return;
        }
        int kept = pagesOf(size);
        content = new Content(Arrays.copyOf(now.pages(), kept), size);
        giveBack(now.pages().length - kept);
        if (size % PAGE_BYTES != 0) {
            clear(now.pages()[kept - 1], (int) (size % PAGE_BYTES));
        }
    }

    /** The region is one piece of memory: the pages of what is mapped are cut from it. */
    @Override
    public synchronized MappedRegion map(long at, int length) throws IOException {
        Content now = grown(at + length);
        int first = (int) (at / PAGE_BYTES);
        int end = pagesOf(at + length);
        ByteBuffer whole = allocated((end - first) * PAGE_BYTES);
        ByteBuffer[] mapped = now.pages().clone();
        for (int i = first; i < end; i++) {
            whole.put((i - first) * PAGE_BYTES, mapped[i], 0, PAGE_BYTES);
            mapped[i] = whole.slice((i - first) * PAGE_BYTES, PAGE_BYTES);
        }
        content = new Content(mapped, now.sizeBytes());
        return new MemoryRegion(new UnsafeBuffer(whole, (int) (at % PAGE_BYTES), length));
    }

    @Override
    public void close() {
        // stays until it is deleted
    }

    /** It was deleted. Who has it open goes on with its pages, which no longer count. */
    synchronized void release() {
        giveBack(content.pages().length);
        released = true;
    }

    private synchronized Content grown(long size) throws IOException {
        Content now = content;
        if (size > now.sizeBytes()) {
            int count = pagesOf(size);
            content = count > now.pages().length ? new Content(more(now.pages(), count), size) : now.withSize(size);
        }
        return content;
    }

    private ByteBuffer[] more(ByteBuffer[] pages, int count) throws IOException {
        int added = count - pages.length;
        if (!released) {
            budget.take((long) added * PAGE_BYTES);
        }
        try {
            ByteBuffer[] more = Arrays.copyOf(pages, count);
            for (int i = pages.length; i < count; i++) {
                more[i] = allocated(PAGE_BYTES);
            }
            return more;
        } catch (IOException e) {
            giveBack(added);
            throw e;
        }
    }

    private void giveBack(int pageCount) {
        if (!released) {
            budget.giveBack((long) pageCount * PAGE_BYTES);
        }
    }

    private ByteBuffer allocated(int bytes) throws IOException {
        try {
            return memory.apply(bytes);
        } catch (OutOfMemoryError e) {
            throw new IOException(
                    "memory: the process has none left for " + bytes + " bytes (expected: room; see the setting"
                            + " 'memory' and the JVM's -XX:MaxDirectMemorySize)",
                    e);
        }
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
