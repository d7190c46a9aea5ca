package io.ternmq.broker;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * The shard's time: the clock's, but it never goes back and never stands still.
 *
 * <p>A clock may be set back, or may have been ahead when the log's last entry was written. Then the shard's time is ahead of it and
 * goes on by the time that really passes, an eighth slower, so that what waits comes due, nothing does early, and the clock
 * catches up.
 *
 * <p>{@link #advance} belongs to whoever has the shard's turn, the rest to any thread.
 */
final class ShardClock {
    /** While it is ahead of the clock the shard's time loses one part in so many of what passes. */
    private static final long LOST_PART = 8;

    private final EpochClock clock;
    private final NanoClock nanoClock;
    private volatile Seen seen;

    /** What the shard's time was when so much time had passed. */
    private record Seen(long timeMs, long nanos) {}

    /**
     * @param clock wall-clock milliseconds
     * @param nanoClock what passes, whatever happens to the clock
     * @param lastMs the time of what was written last
     */
    ShardClock(EpochClock clock, NanoClock nanoClock, long lastMs) {
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.seen = new Seen(Math.max(clock.time(), lastMs), nanoClock.nanoTime());
    }

    /** @return the shard's time now, in milliseconds since 1970, at least what was returned before */
    long advance() {
        long nanos = nanoClock.nanoTime();
        long atLeastMs = atLeastMs(seen, nanos);
        long clockMs = clock.time();
        if (clockMs <= atLeastMs) {
            return atLeastMs;
        }
        seen = new Seen(clockMs, nanos);
        return clockMs;
    }

    /** @return the shard's time now, in milliseconds since 1970 */
    long timeMs() {
        return Math.max(clock.time(), atLeastMs(seen, nanoClock.nanoTime()));
    }

    /** @return by how many milliseconds the shard's time is ahead of the clock; 0 as a rule */
    long aheadMs() {
        return Math.max(0, atLeastMs(seen, nanoClock.nanoTime()) - clock.time());
    }

    /**
     * The shard's time at a moment that somebody names by the clock. While the shard's time is ahead of it, the two meet later.
     *
     * @param momentMs milliseconds since 1970
     * @return what the shard's time will be then if nobody sets the clock again; a moment that is over as it is
     */
    long timeAtMs(long momentMs) {
        long waitMs = momentMs - clock.time();
        if (waitMs <= 0) {
            return momentMs;
        }
        return Math.max(momentMs, atLeastMs(seen, nanoClock.nanoTime()) + waitMs - waitMs / LOST_PART);
    }

    private static long atLeastMs(Seen from, long nanos) {
        long passedMs = TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos - from.nanos));
        return from.timeMs + passedMs - passedMs / LOST_PART;
    }
}
