package io.ternmq.server.cli;

import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.NanoClock;

/** Lets so many things happen a second, evenly; what took longer is not caught up with. One thread. */
final class Pace {

    private static final long SECOND_NS = 1_000_000_000;

    private final NanoClock clock;
    private final long everyNs;
    private long nextNs;

    Pace(int ratePerSecond, NanoClock clock) {
        this.clock = clock;
        this.everyNs = SECOND_NS / ratePerSecond;
        this.nextNs = clock.nanoTime();
    }

    /** Waits until it is time for the next thing; returns early when the thread is interrupted. */
    void await() {
        long nowNs = clock.nanoTime();
        while (nextNs - nowNs > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(nextNs - nowNs);
            nowNs = clock.nanoTime();
        }
        nextNs = Math.max(nextNs, nowNs) + everyNs;
    }
}
