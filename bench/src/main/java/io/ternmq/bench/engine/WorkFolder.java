package io.ternmq.bench.engine;

import io.ternmq.bench.measure.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder of its own that is gone afterwards.
 *
 * @param path exists and is empty at first
 */
record WorkFolder(Path path) implements AutoCloseable {

    /** On the disk of {@code --work}, which is the disk that is measured. */
    static WorkFolder of(Options options) throws IOException {
        Path parent = Files.createDirectories(Path.of(options.text("work", "bench-work")));
        return new WorkFolder(Files.createTempDirectory(parent, "engine-"));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> contents = Files.walk(path)) {
            for (Path file : contents.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
