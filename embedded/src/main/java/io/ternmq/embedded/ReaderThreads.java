package io.ternmq.embedded;

import io.ternmq.ClosedException;
import io.ternmq.log.ReadScratch;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that read the log, so that no application's thread does. What waits for them is bounded by what may wait in the shard. Thread-safe.
 */
final class ReaderThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReaderThreads.class);
    private static final int THREADS = 2;
    private static final long CLOSE_SECONDS = 10;
    private static final long SETTLE_MS = 200;

    private final ExecutorService threads;

    // each thread's own buffers
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<ReadScratch> scratches = ThreadLocal.withInitial(ReadScratch::new);

    ReaderThreads() {
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(THREADS, task -> {
            return new EngineThread(task, "ternmq-reader-" + number.incrementAndGet());
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
                } catch (Throwable e) { // the top of the thread: whatever it was, somebody waits for the future
                    if (e instanceof Error) {
                        LOG.error("A read failed", e);
                    }
                    failing.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            failing.completeExceptionally(new ClosedException("the queue is closed", e));
        }
    }

    /** Returns when what was to be read before has been read. Does not wait for ever. */
    synchronized void settle() {
        CountDownLatch met = new CountDownLatch(THREADS);
        for (int i = 0; i < THREADS; i++) {
            run(new CompletableFuture<>(), scratch -> {
                met.countDown();
                await(met);
            });
        }
        await(met);
    }

    private static void await(CountDownLatch met) {
        try {
            boolean unused = met.await(SETTLE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when what runs has ended, however long that takes: behind it the memory that is read goes. Not on one of these threads. */
    @Override
    public void close() {
        threads.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
                if (!ended) {
                    LOG.warn("Closing waits for reads that did not end within {} s", CLOSE_SECONDS);
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
