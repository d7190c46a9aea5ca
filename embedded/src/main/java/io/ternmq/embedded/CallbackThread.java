package io.ternmq.embedded;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread for what applications attach to futures, so that it can hold up neither the shard nor reads. What waits for it is
 * bounded by what applications may have under way.
 */
final class CallbackThread implements Executor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CallbackThread.class);
    private static final long CLOSE_SECONDS = 5;

    private final ExecutorService thread;

    CallbackThread(String name) {
        thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
    }

    @Override
    public void execute(Runnable callback) {
        try {
            thread.execute(callback);
        } catch (RejectedExecutionException closed) {
            callback.run(); // the queue has gone: there is nothing left to hold up
        }
    }

    /** Runs what is left, but does not wait for ever for an application's code. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("What is attached to futures still runs, {} s after its queue was closed", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
