package io.ternmq.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Emptying and weighing of folders. */
final class Folders {
    private Folders() {}

    /** Deletes what is in it, and makes it when it is missing. */
    static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path path : contents(folder, Comparator.reverseOrder())) {
                Files.delete(path);
            }
        }
        return Files.createDirectories(folder);
    }

    /** Bytes of all files in it. */
    static long bytes(Path folder) throws IOException {
        long bytes = 0;
        for (Path path : contents(folder, Comparator.naturalOrder())) {
            bytes += Files.isRegularFile(path) ? Files.size(path) : 0;
        }
        return bytes;
    }

    private static List<Path> contents(Path folder, Comparator<Path> order) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(order).toList();
        }
    }
}
