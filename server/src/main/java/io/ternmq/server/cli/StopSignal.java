package io.ternmq.server.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a command that runs for long tidy up when the process is told to end: Ctrl-C, SIGTERM. */
final class StopSignal implements AutoCloseable {

    private static final long TIDY_SECONDS_MAX = 10;

    private final CountDownLatch tidy = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop");
    private volatile Runnable onStop = () -> {};
    private volatile boolean stopped;

    StopSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** @param action called by another thread; makes the command notice {@link #isStopped} */
    void onStop(Runnable action) {
        onStop = action;
    }

    boolean isStopped() {
        return stopped;
    }

    /** The process ends when this returns. */
    private void stop() {
        stopped = true;
        onStop.run();
        try {
            boolean inTime = tidy.await(TIDY_SECONDS_MAX, TimeUnit.SECONDS);
            if (!inTime) {
                Thread.currentThread().interrupt();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything is tidy. */
    @Override
    public void close() {
        tidy.countDown();
        if (!stopped) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
