package io.ternmq.log.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** An open file of a {@link FaultyDisk}. */
final class FaultyHandle implements StorageFile {
    private final FaultyDisk disk;
    private final FaultyFile file;
    private final int life;

    FaultyHandle(FaultyDisk disk, FaultyFile file, int life) {
        this.disk = disk;
        this.file = file;
        this.life = life;
    }

    @Override
    public int read(ByteBuffer dst, long at) throws IOException {
        disk.requireAlive(life);
        if (file.nextReadFails(at, dst.remaining())) {
            throw new IOException("injected: a read failed");
        }
        return file.read(dst, at);
    }

    @Override
    public void write(ByteBuffer src, long at) throws IOException {
        disk.requireAlive(life);
        int count = src.remaining();
        if (disk.nextWriteFails()) {
            file.write(src, disk.random().nextInt(count + 1), at);
            throw new IOException("injected: a write failed half-way");
        }
        long growth = Math.max(0, at + count - file.size());
        long usable = disk.usableBytes();
        if (growth > usable) {
            file.write(src, (int) Math.max(0, count - (growth - usable)), at);
            throw new IOException("No space left on device");
        }
        file.write(src, count, at);
    }

    @Override
    public void force() throws IOException {
        disk.requireAlive(life);
        if (disk.nextForceFails()) {
            file.forceBadly(disk.random());
            throw new IOException("injected: a force failed");
        }
        file.force();
    }

    @Override
    public long size() throws IOException {
        disk.requireAlive(life);
        return file.size();
    }

    @Override
    public void truncate(long size) throws IOException {
        disk.requireAlive(life);
        file.truncate(size);
    }

    @Override
    public MappedRegion map(long at, int length) throws IOException {
        disk.requireAlive(life);
        UnsafeBuffer memory = file.map(at, length);
        return new MappedRegion() {
            @Override
            public UnsafeBuffer buffer() {
                return memory;
            }

            @Override
            public void force() throws IOException {
                FaultyHandle.this.force();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}
}
