package io.ternmq.log.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A folder of a {@link FaultyDisk}, for as long as one process lives. */
final class FaultyDirectory implements LogDirectory {
    private final FaultyDisk disk;
    private final String path;
    private final int life;

    FaultyDirectory(FaultyDisk disk, String path, int life) {
        this.disk = disk;
        this.path = path;
        this.life = life;
    }

    @Override
    public StorageFile open(String name, OpenMode mode) throws IOException {
        disk.requireAlive(life);
        @Nullable FaultyFile file = disk.find(path + name);
        if (mode == OpenMode.CREATE) {
            if (file == null) {
                file = disk.create(path + name);
            } else {
                file.truncate(0);
            }
        }
        if (file == null) {
            throw new NoSuchFileException(path + name);
        }
        return new FaultyHandle(disk, file, life);
    }

    @Override
    public LogDirectory child(String name) {
        return new FaultyDirectory(disk, path + name + "/", life);
    }

    @Override
    public List<String> list() throws IOException {
        disk.requireAlive(life);
        return disk.paths().stream()
                .filter(file -> file.startsWith(path) && file.indexOf('/', path.length()) < 0)
                .map(file -> file.substring(path.length()))
                .toList();
    }

    @Override
    public void delete(String name) throws IOException {
        disk.requireAlive(life);
        if (disk.nextDeleteFails()) {
            throw new IOException("injected: a file could not be deleted");
        }
        disk.delete(path + name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        disk.requireAlive(life);
        if (disk.find(path + from) == null) {
            throw new NoSuchFileException(path + from);
        }
        disk.rename(path + from, path + to);
    }

    @Override
    public void force() throws IOException {
        disk.requireAlive(life);
        disk.forceNames();
    }

    @Override
    public long usableBytes() {
        return disk.usableBytes();
    }

    @Override
    public Closeable lock(String name) throws IOException {
        disk.requireAlive(life);
        if (!disk.lock(path + name)) {
            throw new DirectoryLockedException(path + name + " is locked by this process");
        }
        return () -> {
            if (life == disk.life()) {
                disk.unlock(path + name);
            }
        };
    }

    @Override
    public String toString() {
        return "faulty:/" + path;
    }
}
