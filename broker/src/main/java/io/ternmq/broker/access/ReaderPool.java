package io.ternmq.broker.access;

import io.ternmq.log.ReadScratch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads for reads that may have to wait for the disk, so that event loops never do. Bounded. */
public final class ReaderPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReaderPool.class);
    private static final int THREADS = 2;
    private static final int WAITING_MAX = 16_384;

    private final BlockingQueue<ReadTask> tasks = new ArrayBlockingQueue<>(WAITING_MAX);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /** Starts the threads. */
    public ReaderPool() {
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(this::work, "tern-reader-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** @return false when too much waits already; the caller then answers 'busy' */
    public boolean submit(ReadTask task) {
        return !closed && tasks.offer(task);
    }

    /** Lets what runs end and drops what waits. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void work() {
        try (ReadScratch scratch = new ReadScratch()) {
            while (!closed) {
                run(tasks.take(), scratch);
            }
        } catch (InterruptedException e) {
            LOG.debug("{} ends", Thread.currentThread().getName());
        }
    }

    private static void run(ReadTask task, ReadScratch scratch) {
        try {
            task.run(scratch);
        } catch (RuntimeException e) {
            LOG.error("A read failed", e);
        }
    }
}
