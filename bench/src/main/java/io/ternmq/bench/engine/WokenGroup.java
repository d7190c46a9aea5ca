package io.ternmq.bench.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Phaser;

/**
 * The most that threads which wait for the disk can get, if what they wait for cost nothing: one thread writes and forces a group's
 * bytes once all of the group wait, and wakes them up again.
 */
final class WokenGroup {
    private final Path file;
    private final int threads;

    WokenGroup(Path file, int threads) {
        this.file = file;
        this.threads = threads;
    }

    /** @return how many times a second one of the group was answered, of so many forces of so many bytes */
    double answersPerSecond(int bytes, int forces) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
        Phaser sent = new Phaser(threads + 1);
        Phaser forced = new Phaser(threads + 1);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; i < forces; i++) {
                channel.write(buffer.clear(), (long) bytes * i);
            }
            channel.force(true);
            for (int i = 0; i < threads; i++) {
                new Thread(() -> wait(sent, forced, forces)).start();
            }
            Stopwatch stopwatch = new Stopwatch();
            for (int i = 0; i < forces; i++) {
                sent.arriveAndAwaitAdvance();
                channel.write(buffer.clear(), (long) bytes * i);
                channel.force(false);
                forced.arrive();
            }
            return threads * forces / stopwatch.seconds();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void wait(Phaser sent, Phaser forced, int forces) {
        for (int i = 0; i < forces; i++) {
            int round = forced.getPhase();
            sent.arrive();
            forced.arrive();
            forced.awaitAdvance(round);
        }
    }
}
