package io.ternmq.log;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/** A clock that the test turns: by time that passes, or by setting it as operators and time servers do. Thread-safe. */
public final class TurnedClock implements EpochClock, NanoClock {
    private final AtomicReference<Reading> reading;

    private record Reading(long timeMs, long passedMs) {}

    /** @param timeMs what it shows, in milliseconds since 1970 */
    public TurnedClock(long timeMs) {
        this.reading = new AtomicReference<>(new Reading(timeMs, 0));
    }

    @Override
    public long time() {
        return reading.get().timeMs;
    }

    @Override
    public long nanoTime() {
        return TimeUnit.MILLISECONDS.toNanos(reading.get().passedMs);
    }

    /** So much time passes. */
    public void advance(long millis) {
        reading.updateAndGet(now -> new Reading(now.timeMs + millis, now.passedMs + millis));
    }

    /** Time passes until the clock shows that. */
    public void update(long timeMs) {
        reading.updateAndGet(now -> new Reading(timeMs, now.passedMs + timeMs - now.timeMs));
    }

    /** It is set forward, or back where that is negative, though no time passes. */
    public void step(long millis) {
        reading.updateAndGet(now -> new Reading(now.timeMs + millis, now.passedMs));
    }
}
