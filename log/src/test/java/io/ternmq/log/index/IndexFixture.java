package io.ternmq.log.index;

import io.ternmq.log.storage.DiskDirectory;
import io.ternmq.log.storage.LogDirectory;
import io.ternmq.log.storage.SliceInput;
import io.ternmq.log.storage.SliceOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder on the disk for index files, and bounds that the test moves. */
final class IndexFixture implements AutoCloseable {
    final Path path;
    final LogDirectory directory;
    final IndexBounds bounds = new IndexBounds();

    IndexFixture() {
        try {
            path = Files.createTempDirectory("ternmq-index");
            directory = DiskDirectory.open(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A whole checkpoint, kept at once. */
    static List<SliceOutput> checkpoint(QueueIndex index, long number) throws IOException {
        index.checkpointBegun(number);
        List<SliceOutput> slices = new ArrayList<>();
        for (int i = 0; i < index.sliceCount(); i++) {
            SliceOutput out = new SliceOutput();
            index.writeSlice(i, out);
            slices.add(out);
        }
        index.forceFiles();
        index.checkpointCompleted(number);
        return slices;
    }

    static SliceInput input(SliceOutput out) {
        return new SliceInput(out.buffer(), 0, out.length());
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
