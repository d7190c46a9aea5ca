package io.ternmq.embedded;

import io.ternmq.ClosedException;
import io.ternmq.log.ReadScratch;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Threads that read the log, so that no application's thread does. What waits for them is bounded by what may wait in the shard. Thread-safe.
 */
final class ReaderThreads implements AutoCloseable {

    private static final int THREADS = 2;
    private static final long CLOSE_SECONDS = 10;

    private final ExecutorService threads;

    // each thread's own buffers
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<ReadScratch> scratches = ThreadLocal.withInitial(ReadScratch::new);

    ReaderThreads() {
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "ternmq-reader-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Reads and completes the future, in any case. */
    <T> void read(CompletableFuture<T> result, Function<ReadScratch, T> reading) {
        run(result, scratch -> result.complete(reading.apply(scratch)));
    }

    /** Reads; the task completes the future itself, unless it fails. */
    void run(CompletableFuture<?> failing, Consumer<ReadScratch> reading) {
        try {
            threads.execute(() -> {
                try {
                    reading.accept(scratches.get());
                } catch (RuntimeException e) {
                    failing.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            failing.completeExceptionally(new ClosedException("the queue is closed", e));
        }
    }

    /** Lets what runs end. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("reads did not end within " + CLOSE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
