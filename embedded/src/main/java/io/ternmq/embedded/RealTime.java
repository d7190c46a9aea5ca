package io.ternmq.embedded;

import io.ternmq.engine.Engine.Scheduled;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

/** The system's clock, and one thread that waits for it. */
final class RealTime implements EmbeddedTime {

    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, task -> new EngineThread(task, "ternmq-timer"));

    RealTime() {
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public EpochClock clock() {
        return SystemEpochClock.INSTANCE;
    }

    @Override
    public long nanoTime() {
        return SystemNanoClock.INSTANCE.nanoTime();
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        try {
            Future<?> scheduled = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    @Override
    public void attach(Runnable wake) {
        // the shard looks at this clock by itself
    }

    @Override
    public void close() {
        timer.shutdown();
    }
}
