package io.ternmq.remoting;

import io.ternmq.log.storage.LogDirectory;
import io.ternmq.log.storage.OpenMode;
import io.ternmq.log.storage.StorageFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A folder of the real file system on a disk of which the test says how much is left. */
final class LimitedDirectory implements LogDirectory {
    private final LogDirectory directory;
    private final AtomicLong usableBytes;

    LimitedDirectory(LogDirectory directory, AtomicLong usableBytes) {
        this.directory = directory;
        this.usableBytes = usableBytes;
    }

    @Override
    public StorageFile open(String name, OpenMode mode) throws IOException {
        return directory.open(name, mode);
    }

    @Override
    public LogDirectory child(String name) throws IOException {
        return new LimitedDirectory(directory.child(name), usableBytes);
    }

    @Override
    public List<String> list() throws IOException {
        return directory.list();
    }

    @Override
    public void delete(String name) throws IOException {
        directory.delete(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        directory.rename(from, to);
    }

    @Override
    public void force() throws IOException {
        directory.force();
    }

    @Override
    public long usableBytes() {
        return usableBytes.get();
    }

    @Override
    public Closeable lock(String name) throws IOException {
        return directory.lock(name);
    }
}
