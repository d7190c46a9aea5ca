package io.ternmq.runtime.read;

import io.ternmq.Partition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps positions in a text file: a line for each partition, its offset, a space, its name. The file is replaced as a whole, so a
 * crash leaves the old one or the new one.
 */
public final class FilePositions implements Positions {

    private final Path file;
    private final Positions otherwise;
    private final Map<String, Long> offsets = new TreeMap<>();
    private boolean changed;

    /**
     * Reads the file, if there is one.
     *
     * @param file      where they are kept
     * @param otherwise where to begin what the file does not name
     * @throws UncheckedIOException     when it cannot be read
     * @throws IllegalArgumentException when it is not such a file; it names the line
     */
    public FilePositions(Path file, Positions otherwise) {
        this.file = file;
        this.otherwise = otherwise;
        if (Files.exists(file)) {
            try {
                read(Files.readAllLines(file, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException("the offsets in " + file + " could not be read", e);
            }
        }
    }

    private void read(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int space = line.indexOf(' ');
            try {
                offsets.put(line.substring(space + 1), Long.parseLong(line.substring(0, Math.max(0, space))));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        file + ", line " + (i + 1) + ": '" + line + "' (expected: an offset, a space and a partition)",
                        e);
            }
        }
    }

    @Override
    public synchronized CompletableFuture<Long> begin(Partition partition) {
        Long kept = offsets.get(partition.toString());
        return kept != null ? CompletableFuture.completedFuture(kept) : otherwise.begin(partition);
    }

    @Override
    public synchronized void moved(Partition partition, long offset) {
        offsets.put(partition.toString(), offset);
        changed = true;
    }

    /** Writes on the caller's thread. */
    @Override
    public synchronized CompletableFuture<Void> keep() {
        if (!changed) {
            return CompletableFuture.completedFuture(null);
        }
        try {
            write();
            changed = false;
            return CompletableFuture.completedFuture(null);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(
                    new UncheckedIOException("the offsets could not be kept in " + file, e));
        }
    }

    private void write() throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        StringBuilder lines = new StringBuilder();
        offsets.forEach((partition, offset) ->
                lines.append((long) offset).append(' ').append(partition).append('\n'));
        Files.writeString(next, lines);
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
