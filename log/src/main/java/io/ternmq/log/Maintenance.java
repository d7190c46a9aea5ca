package io.ternmq.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.agrona.concurrent.EpochClock;
import org.jspecify.annotations.Nullable;

/** Does the log's background work, on a thread of its own or whenever its owner says so. */
final class Maintenance {
    /** One kind of work, a little at a time. */
    interface Task {
        /**
         * What goes wrong with the disk is the task's own to report and to try again, but for a failed write or force of the
         * log; whatever else it throws is a bug, and stops the log.
         *
         * @return whether something was done, and there may be more
         */
        boolean work(long nowMs);
    }

    /** Between two rounds while the log is written or scrubbed. */
    private static final long BUSY_PAUSE_NS = 100_000_000;
    /** Between two rounds while nothing happens: an idle server costs next to nothing. */
    private static final long IDLE_PAUSE_NS = 1_000_000_000;

    private final EpochClock clock;
    private final Failure failure;
    private final LongSupplier activity;
    private long activitySeen;
    private final List<Task> tasks = new CopyOnWriteArrayList<>();
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    /** @param activity a number that changes whenever something is written or scrubbed */
    Maintenance(EpochClock clock, Failure failure, LongSupplier activity) {
        this.clock = clock;
        this.failure = failure;
        this.activity = activity;
    }

    void add(Task task) {
        tasks.add(task);
    }

    void start() {
        running = true;
        Thread started = new Thread(this::run, "ternmq-log");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    boolean hasThread() {
        return thread != null;
    }

    private void run() {
        while (running) {
            if (!doWork()) {
                LockSupport.parkNanos(this, pauseNanos());
            }
        }
    }

    private long pauseNanos() {
        long now = activity.getAsLong();
        boolean idle = now == activitySeen;
        activitySeen = now;
        return idle ? IDLE_PAUSE_NS : BUSY_PAUSE_NS;
    }

    /** @return whether something was done */
    boolean doWork() {
        boolean worked = false;
        long nowMs = clock.time();
        for (Task task : tasks) {
            if (failure.failed()) {
                return false;
            }
            worked |= work(task, nowMs);
        }
        return worked;
    }

    private boolean work(Task task, long nowMs) {
        try {
            return task.work(nowMs);
        } catch (LogFailedException e) {
            return false; // told already
        } catch (RuntimeException e) {
            failure.note("background work", e);
            return false;
        }
    }

    /** Does not wait for the next round. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Ends the thread after the work at hand. */
    void stop() {
        running = false;
        Thread stopping = thread;
        if (stopping == null) {
            return;
        }
        boolean interrupted = false;
        LockSupport.unpark(stopping);
        while (stopping.isAlive()) {
            try {
                stopping.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
