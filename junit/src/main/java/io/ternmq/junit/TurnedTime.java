package io.ternmq.junit;

import io.ternmq.embedded.EmbeddedTime;
import io.ternmq.engine.Engine.Scheduled;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.EpochClock;
import org.jspecify.annotations.Nullable;

/** Time that passes only when a test says so. Thread-safe. */
final class TurnedTime implements EmbeddedTime, TestClock {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::dueMs).thenComparingLong(Task::number));
    private final AtomicLong nowMs = new AtomicLong(BEGIN.toEpochMilli());
    private Runnable wake = () -> {};
    private long taskNumber;

    private record Task(long dueMs, long number, Runnable action) {}

    @Override
    public EpochClock clock() {
        return nowMs::get;
    }

    @Override
    public Instant now() {
        return Instant.ofEpochMilli(nowMs.get());
    }

    @Override
    public synchronized Scheduled schedule(Duration delay, Runnable action) {
        Task task = new Task(nowMs.get() + delay.toMillis(), taskNumber++, action);
        tasks.add(task);
        return () -> cancel(task);
    }

    private synchronized void cancel(Task task) {
        tasks.remove(task);
    }

    @Override
    public synchronized void attach(Runnable newWake) {
        wake = newWake;
    }

    @Override
    public void advance(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("duration: " + duration + " (expected: more than nothing)");
        }
        nowMs.addAndGet(duration.toMillis());
        for (Task task = nextDue(); task != null; task = nextDue()) {
            task.action().run(); // what it schedules again is after the new time, however far the clock was turned
        }
        waking().run();
    }

    private synchronized @Nullable Task nextDue() {
        Task first = tasks.peek();
        return first != null && first.dueMs() <= nowMs.get() ? tasks.poll() : null;
    }

    private synchronized Runnable waking() {
        return wake;
    }

    @Override
    public synchronized void close() {
        tasks.clear();
        wake = () -> {};
    }
}
