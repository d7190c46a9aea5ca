package io.ternmq.bench.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/** The floor: the same bytes written from front to back into one file, and forced at the end. */
final class PlainFile {
    private static final int WRITE_BYTES = 256 << 10;

    private final Path file;

    PlainFile(Path file) {
        this.file = file;
    }

    /** @return how long it took, in seconds */
    double write(long bytes) throws IOException {
        byte[] content = new byte[WRITE_BYTES];
        new SplittableRandom(WRITE_BYTES).nextBytes(content);
        ByteBuffer buffer = ByteBuffer.allocateDirect(WRITE_BYTES).put(content);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Stopwatch stopwatch = new Stopwatch();
            for (long written = 0; written < bytes; written += WRITE_BYTES) {
                buffer.clear();
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            channel.force(false);
            return stopwatch.seconds();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** @return how many times a second so many bytes can be written and forced, one after the other */
    double forcesPerSecond(int bytes, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long end = (long) bytes * count;
            for (long at = 0; at < end; at += bytes) { // a log's file is filled with zeros ahead, too
                channel.write(buffer.clear(), at);
            }
            channel.force(true);
            Stopwatch stopwatch = new Stopwatch();
            for (long at = 0; at < end; at += bytes) {
                channel.write(buffer.clear(), at);
                channel.force(false);
            }
            return count / stopwatch.seconds();
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
