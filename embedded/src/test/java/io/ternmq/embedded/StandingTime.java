package io.ternmq.embedded;

import io.ternmq.engine.Engine.Scheduled;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.EpochClock;

/** A clock that stands still until it is turned; what is scheduled is done when the test says so. */
final class StandingTime implements EmbeddedTime {

    final Queue<Runnable> scheduled = new ConcurrentLinkedQueue<>();
    private final AtomicLong nowMs = new AtomicLong(1_000_000);
    private Runnable wake = () -> {};

    @Override
    public EpochClock clock() {
        return nowMs::get;
    }

    @Override
    public long nanoTime() {
        return 0;
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        scheduled.add(task);
        return () -> scheduled.remove(task);
    }

    @Override
    public void attach(Runnable wake) {
        this.wake = wake;
    }

    /** The shard sees the new time before this returns. */
    void turn(Duration duration) {
        nowMs.addAndGet(duration.toMillis());
        wake.run();
    }

    @Override
    public void close() {
        scheduled.clear();
    }
}
