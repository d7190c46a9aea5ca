package io.ternmq.server.cli;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What the threads of a bench count together. For any thread. */
final class BenchMeters {

    private static final long LATENCY_MAX_NS = 3_600_000_000_000L;
    private static final int DIGITS = 3;

    private final Histogram sendNs = new ConcurrentHistogram(LATENCY_MAX_NS, DIGITS);
    private final Histogram endToEndNs = new ConcurrentHistogram(LATENCY_MAX_NS, DIGITS);
    private final LongAdder sentCount = new LongAdder();
    private final LongAdder errorCount = new LongAdder();
    private volatile boolean measuring;

    void measure(boolean on) {
        measuring = on;
    }

    void sent(long ns) {
        if (measuring) {
            sentCount.increment();
            sendNs.recordValue(bounded(ns));
        }
    }

    void received(long ns) {
        if (measuring) {
            endToEndNs.recordValue(bounded(ns));
        }
    }

    /** Errors count from the beginning. */
    void failed() {
        errorCount.increment();
    }

    long sentCount() {
        return sentCount.sum();
    }

    BenchResult result(double seconds) {
        return new BenchResult(sentCount.sum(), errorCount.sum(), seconds, sendNs, endToEndNs);
    }

    private static long bounded(long ns) {
        return Math.max(0, Math.min(ns, LATENCY_MAX_NS));
    }
}
