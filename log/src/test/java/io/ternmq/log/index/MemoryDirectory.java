package io.ternmq.log.index;

import io.ternmq.log.storage.LogDirectory;
import io.ternmq.log.storage.MappedRegion;
import io.ternmq.log.storage.OpenMode;
import io.ternmq.log.storage.StorageFile;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.agrona.concurrent.UnsafeBuffer;

/** A folder in memory that never fails and keeps everything, for thousands of short lives of an index. */
final class MemoryDirectory implements LogDirectory {
    private final Map<String, Bytes> files = new ConcurrentSkipListMap<>();

    private static final class Bytes {
        private byte[] content = {};
        private int size;

        /** Doubles, since a new block file grows by many small writes. */
        void growTo(int end) {
            if (end > content.length) {
                content = Arrays.copyOf(content, Math.max(end, 2 * content.length));
            }
            size = Math.max(size, end);
        }
    }

    @Override
    public StorageFile open(String name, OpenMode mode) throws NoSuchFileException {
        if (mode == OpenMode.CREATE) {
            files.put(name, new Bytes());
        }
        Bytes bytes = files.get(name);
        if (bytes == null) {
            throw new NoSuchFileException(name);
        }
        return new MemoryFile(bytes);
    }

    @Override
    public LogDirectory child(String name) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public void delete(String name) {
        files.remove(name);
    }

    @Override
    public void rename(String from, String to) throws NoSuchFileException {
        Bytes bytes = files.remove(from);
        if (bytes == null) {
            throw new NoSuchFileException(from);
        }
        files.put(to, bytes);
    }

    @Override
    public void force() {}

    @Override
    public long usableBytes() {
        return Long.MAX_VALUE;
    }

    @Override
    public Closeable lock(String name) {
        return () -> {};
    }

    private static final class MemoryFile implements StorageFile {
        private final Bytes bytes;

        MemoryFile(Bytes bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read(ByteBuffer dst, long at) {
            int count = (int) Math.max(0, Math.min(dst.remaining(), bytes.size - at));
            dst.put(bytes.content, (int) at, count);
            return count;
        }

        @Override
        public void write(ByteBuffer src, long at) {
            int end = (int) at + src.remaining();
            bytes.growTo(end);
            src.get(bytes.content, (int) at, src.remaining());
        }

        @Override
        public void force() {}

        @Override
        public long size() {
            return bytes.size;
        }

        @Override
        public void truncate(long size) {
            bytes.size = (int) Math.min(size, bytes.size);
        }

        @Override
        public MappedRegion map(long at, int length) {
            return new MemoryRegion(new UnsafeBuffer(bytes.content, (int) at, length));
        }

        @Override
        public void close() {}
    }

    private record MemoryRegion(UnsafeBuffer buffer) implements MappedRegion {
        @Override
        public void force() {}

        @Override
        public void close() {}
    }
}
