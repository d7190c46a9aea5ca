package io.ternmq.junit;

import io.ternmq.embedded.EmbeddedTime;
import io.ternmq.engine.Engine.Scheduled;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.EpochClock;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when a test says so. It is turned from task to task, so that what is done every few seconds, such as renewing
 * leases, is done as often as it would be; how far it is turned costs no time all the same. Thread-safe.
 */
final class TurnedTime implements EmbeddedTime, TestClock {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    /** So often at most it stops where a task is due, when it is turned once. */
    private static final int STEPS_MAX = 1_000;

    /** What is left behind them is turned in parts, so many at most. */
    private static final int LEAPS_MAX = 200;

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::dueMs).thenComparingLong(Task::number));
    private final AtomicLong nowMs = new AtomicLong(BEGIN.toEpochMilli());
    private final AtomicLong turnedToMs = new AtomicLong(BEGIN.toEpochMilli());
    private Runnable wake = () -> {};
    private long taskNumber;

    private record Task(long dueMs, long number, Runnable action) {}

    @Override
    public EpochClock clock() {
        return nowMs::get;
    }

    @Override
    public long nanoTime() {
        return TimeUnit.MILLISECONDS.toNanos(nowMs.get());
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
        long endMs = turnedToMs.addAndGet(duration.toMillis());
        for (int step = 0; step < STEPS_MAX && nextDueMs() <= endMs; step++) {
            turnTo(nextDueMs());
        }
        long leapMs = (endMs - nowMs.get()) / LEAPS_MAX + 1;
        while (nextDueMs() < endMs) {
            turnTo(Math.min(endMs, Math.max(nextDueMs(), nowMs.get() + leapMs)));
        }
        turnTo(endMs);
    }

    /** Does what is due by then; what that schedules has to wait for the next turn. */
    private void turnTo(long timeMs) {
        long reachedMs = nowMs.accumulateAndGet(timeMs, Math::max);
        long newNumber = nextNumber();
        for (Task task = takeDue(reachedMs, newNumber); task != null; task = takeDue(reachedMs, newNumber)) {
            task.action().run(); // without the lock: it may schedule, and wait for others who do
        }
        waking().run();
    }

    private synchronized long nextNumber() {
        return taskNumber;
    }

    private synchronized @Nullable Task takeDue(long timeMs, long newNumber) {
        Task first = tasks.peek();
        return first != null && first.dueMs() <= timeMs && first.number() < newNumber ? tasks.poll() : null;
    }

    /** When the first task is due, {@link Long#MAX_VALUE} when there is none. */
    private synchronized long nextDueMs() {
        Task first = tasks.peek();
        return first == null ? Long.MAX_VALUE : first.dueMs();
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
