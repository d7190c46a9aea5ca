package io.ternmq.embedded.memory;

import io.ternmq.log.storage.DirectoryLockedException;
import io.ternmq.log.storage.LogDirectory;
import io.ternmq.log.storage.OpenMode;
import io.ternmq.log.storage.StorageFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** A folder in memory. Its files hold at most the given number of bytes together. Thread-safe. */
public final class MemoryDirectory implements LogDirectory {

    private final ConcurrentSkipListMap<String, MemoryFile> files = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, MemoryDirectory> children = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListSet<String> locks = new ConcurrentSkipListSet<>();
    private final MemoryBudget budget;

    private MemoryDirectory(MemoryBudget budget) {
        this.budget = budget;
    }

    /**
     * Begins empty.
     *
     * @param bytesMax what its files, and those of its children, hold at most
     * @return a folder
     */
    public static MemoryDirectory of(long bytesMax) {
        return new MemoryDirectory(new MemoryBudget(bytesMax));
    }

    @Override
    public StorageFile open(String name, OpenMode mode) throws IOException {
        MemoryFile file = mode == OpenMode.CREATE
                ? files.computeIfAbsent(name, missing -> new MemoryFile(budget))
                : files.get(name);
        if (file == null) {
            throw new NoSuchFileException(name);
        }
        if (mode == OpenMode.CREATE) {
            file.truncate(0);
        }
        return file;
    }

    @Override
    public LogDirectory child(String name) {
        return children.computeIfAbsent(name, missing -> new MemoryDirectory(budget));
    }

    @Override
    public List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public void delete(String name) {
        MemoryFile file = files.remove(name);
        if (file != null) {
            file.release();
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        MemoryFile file = files.get(from);
        if (file == null) {
            throw new NoSuchFileException(from);
        }
        MemoryFile replaced = files.put(to, file);
        if (replaced != file) {
            files.remove(from);
            if (replaced != null) {
                replaced.release();
            }
        }
    }

    @Override
    public void force() {
        // there is nothing behind memory
    }

    @Override
    public long usableBytes() {
        return budget.leftBytes();
    }

    @Override
    public Closeable lock(String name) throws IOException {
        if (!locks.add(name)) {
            throw new DirectoryLockedException(name + " is locked by this process");
        }
        return () -> locks.remove(name);
    }

    @Override
    public String toString() {
        return "mem:";
    }
}
