package io.ternmq.log;

import io.ternmq.log.storage.LogDirectory;
import io.ternmq.log.storage.OpenMode;
import io.ternmq.log.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file of zeros that becomes the next segment by a rename, so that the writer meets no new file on its way. Its name
 * is not a segment's; one that is found when the log is opened is deleted.
 */
final class SpareSegment {
    static final String NAME = "next";

    private final LogDirectory directory;
    /** Set when the file is ready, by the maintenance thread; cleared when it has been renamed, by the writer. So neither waits for the other. */
    private volatile long filledBytes;

    SpareSegment(LogDirectory directory) {
        this.directory = directory;
    }

    long filledBytes() {
        return filledBytes;
    }

    /** Makes the file, of {@code steps} times the zeros. Maintenance thread. */
    void prepare(ByteBuffer zeros, int steps) throws IOException {
        if (filledBytes > 0) {
            return;
        }
        long bytes = 0;
        try (StorageFile file = directory.open(NAME, OpenMode.CREATE)) {
            for (int i = 0; i < steps; i++) {
                ByteBuffer step = zeros.duplicate();
                file.write(step, bytes);
                bytes += step.position();
            }
            file.force();
        }
        filledBytes = bytes;
    }

    /** @return how many zeros the renamed file holds; 0 when none was ready and nothing was renamed */
    long takeAs(String name) throws IOException {
        long taken = filledBytes;
        if (taken > 0) {
            directory.rename(NAME, name);
            filledBytes = 0;
        }
        return taken;
    }

    void discard() throws IOException {
        filledBytes = 0;
        directory.delete(NAME);
    }
}
