package io.ternmq.log;

import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/** The one place that reads the computer's clock. Everything else is given a clock. */
public final class SystemClock implements EpochClock, NanoClock {
    /** The one instance; it has no state. */
    public static final SystemClock INSTANCE = new SystemClock();

    private SystemClock() {}

    /** @return milliseconds since 1970 (UTC) */
    @Override
    public long time() {
        return System.currentTimeMillis();
    }

    /** @return nanoseconds since some moment; only differences mean something */
    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
