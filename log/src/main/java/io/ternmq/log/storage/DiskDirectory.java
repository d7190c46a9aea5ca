package io.ternmq.log.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A folder of the real file system. */
public final class DiskDirectory implements LogDirectory {
    private final Path path;

    private DiskDirectory(Path path) {
        this.path = path;
    }

    /** @return the folder; made with its parents when it is missing */
    public static DiskDirectory open(Path path) throws IOException {
        Files.createDirectories(path);
        return new DiskDirectory(path);
    }

    @Override
    public StorageFile open(String name, OpenMode mode) throws IOException {
        Set<StandardOpenOption> options = switch (mode) {
            case READ -> Set.of(StandardOpenOption.READ);
            case WRITE -> Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
            case CREATE ->
                Set.of(
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING);
        };
        return new DiskFile(FileChannel.open(path.resolve(name), options));
    }

    @Override
    public LogDirectory child(String name) throws IOException {
        Path child = path.resolve(name);
        if (!Files.isDirectory(child)) {
            Files.createDirectory(child);
            force();
        }
        return new DiskDirectory(child);
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(path.resolve(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(path.resolve(from), path.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void force() throws IOException {
        try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    @Override
    public long usableBytes() throws IOException {
        if (!Files.isDirectory(path)) {
            throw new NoSuchFileException(path.toString());
        }
        return path.toFile().getUsableSpace();
    }

    @Override
    public Closeable lock(String name) throws IOException {
        return DirectoryLock.take(path.resolve(name));
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
