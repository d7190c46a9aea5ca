package io.ternmq.server.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command that runs for long tidy up when the process is told to end (Ctrl-C, SIGTERM), which then counts as its
 * normal end.
 */
final class StopSignal implements AutoCloseable {

    private static final long TIDY_SECONDS_MAX = 60;

    private final CountDownLatch told = new CountDownLatch(1);
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

    /** Waits until the process is told to end. */
    void await() throws InterruptedException {
        told.await();
    }

    /** The process ends when this returns. */
    private void stop() {
        stopped = true;
        told.countDown();
        onStop.run();
        try {
            if (tidy.await(TIDY_SECONDS_MAX, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(ExitStatus.OK);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything is tidy and written. */
    @Override
    public void close() {
        tidy.countDown();
        if (!stopped) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
