package io.ternmq.log.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** A file of the real file system. */
final class DiskFile implements StorageFile {
    private final FileChannel channel;

    DiskFile(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read(ByteBuffer dst, long at) throws IOException {
        int begin = dst.position();
        while (dst.hasRemaining()) {
            if (channel.read(dst, at + dst.position() - begin) < 0) {
                break;
            }
        }
        return dst.position() - begin;
    }

    @Override
    public void write(ByteBuffer src, long at) throws IOException {
        int begin = src.position();
        while (src.hasRemaining()) {
            channel.write(src, at + src.position() - begin);
        }
    }

    @Override
    public void force() throws IOException {
        channel.force(false); // the size counts as data for the system call behind it
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void truncate(long size) throws IOException {
        channel.truncate(size);
    }

    @Override
    public MappedRegion map(long at, int length) throws IOException {
        MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, at, length);
        return new DiskRegion(memory);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static final class DiskRegion implements MappedRegion {
        private final MappedByteBuffer memory;
        private final UnsafeBuffer buffer;

        DiskRegion(MappedByteBuffer memory) {
            this.memory = memory;
            this.buffer = new UnsafeBuffer(memory);
        }

        @Override
        public UnsafeBuffer buffer() {
            return buffer;
        }

        @Override
        public void force() {
            memory.force();
        }

        @Override
        public void close() {
            IoUtil.unmap(memory);
        }
    }
}
