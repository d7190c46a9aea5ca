package io.ternmq.bench.load;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** When the next request of one thread is due. Not thread-safe. */
final class Pace {
    private static final long LATE_NS = 1_000_000;

    private final double intervalNs;
    private double nextNs;

    Pace(SendShape shape, int threadIndex, long startNs) {
        intervalNs = shape.intervalNs();
        nextNs = startNs + intervalNs * threadIndex / shape.threadCount();
    }

    /** Waits until a request is due, or {@code stopped}. */
    void await(BooleanSupplier stopped) {
        if (intervalNs == 0) {
            return;
        }
        long waitNs = (long) nextNs - System.nanoTime();
        while (waitNs > 0 && !stopped.getAsBoolean()) {
            LockSupport.parkNanos(waitNs);
            waitNs = (long) nextNs - System.nanoTime();
        }
        nextNs += intervalNs;
    }

    /**
     * From when on the request's time counts: a request that had to wait for earlier ones counts from when it was due,
     * or a slow server would be measured less often than a fast one.
     */
    long startNs() {
        long nowNs = System.nanoTime();
        long dueNs = (long) (nextNs - intervalNs);
        return intervalNs > 0 && nowNs - dueNs > LATE_NS ? dueNs : nowNs;
    }
}
