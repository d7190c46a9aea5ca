package io.ternmq.bench.load;

import io.ternmq.bench.measure.JsonLine;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Counts what was acknowledged and what arrived. Any thread. */
final class Tally {
    private static final long LATENCY_NS_MAX = 600_000_000_000L;
    private static final int LATENCY_DIGITS = 3;

    private final Window window;
    private final Payload payload;
    private final boolean checksArrivals;
    private final Histogram sendLatency = new ConcurrentHistogram(LATENCY_NS_MAX, LATENCY_DIGITS);
    private final Histogram endToEnd = new ConcurrentHistogram(LATENCY_NS_MAX, LATENCY_DIGITS);
    private final SequenceSet acknowledged = new SequenceSet();
    private final SequenceSet received = new SequenceSet();
    private final LongAdder acknowledgedCount = new LongAdder();
    private final LongAdder acknowledgedInWindow = new LongAdder();
    private final LongAdder failedCount = new LongAdder();
    private final LongAdder receivedCount = new LongAdder();
    private final LongAdder duplicateCount = new LongAdder();
    private final LongAdder probeCount = new LongAdder();
    private final AtomicLong firstArrivalNs = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong lastArrivalNs = new AtomicLong(Long.MIN_VALUE);
    private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();

    /** @param checksArrivals whether each message must be remembered, to find what got lost */
    Tally(Window window, Payload payload, boolean checksArrivals) {
        this.window = window;
        this.payload = payload;
        this.checksArrivals = checksArrivals;
    }

    void onAcknowledged(long firstSequence, int count, long startNs) {
        long nowNs = System.nanoTime();
        acknowledgedCount.add(count);
        if (checksArrivals) {
            for (int i = 0; i < count; i++) {
                acknowledged.add(firstSequence + i);
            }
        }
        if (window.contains(nowNs)) {
            acknowledgedInWindow.add(count);
        }
        if (window.contains(startNs)) {
            sendLatency.recordValue(nowNs - startNs);
        }
    }

    void onFailed(Throwable failure, int count) {
        failedCount.add(count);
        firstFailure.compareAndSet(null, failure);
    }

    void onReceived(byte[] body) {
        if (!payload.isOfThisRun(body)) {
            return;
        }
        long nowNs = System.nanoTime();
        long sequence = Payload.sequence(body);
        if (sequence == Payload.PROBE) {
            probeCount.increment();
        } else if (received.add(sequence)) {
            receivedCount.increment();
            firstArrivalNs.accumulateAndGet(nowNs, Math::min);
            lastArrivalNs.accumulateAndGet(nowNs, Math::max);
            long sentNs = Payload.sentNs(body);
            if (window.contains(sentNs)) {
                endToEnd.recordValue(Math.max(0, nowNs - sentNs));
            }
        } else {
            duplicateCount.increment();
        }
    }

    long acknowledgedCount() {
        return acknowledgedCount.sum();
    }

    long acknowledgedInWindow() {
        return acknowledgedInWindow.sum();
    }

    long receivedCount() {
        return receivedCount.sum();
    }

    long probeCount() {
        return probeCount.sum();
    }

    long failedCount() {
        return failedCount.sum();
    }

    /** Of the first message that arrived; only after one has. */
    long firstArrivalNs() {
        return firstArrivalNs.get();
    }

    long lastArrivalNs() {
        return lastArrivalNs.get();
    }

    /** Acknowledged, but never received. */
    long lostCount(long sequenceEnd) {
        long lost = 0;
        for (long sequence = 0; sequence < sequenceEnd; sequence++) {
            if (acknowledged.contains(sequence) && !received.contains(sequence)) {
                lost++;
            }
        }
        return lost;
    }

    void reportSends(JsonLine line) {
        percentiles(line, "send", sendLatency);
        line.put("acknowledged", acknowledgedCount()).put("errors", failedCount());
        Throwable failure = firstFailure.get();
        if (failure != null) {
            line.put(
                    "first_error",
                    String.valueOf(failure.getMessage()).lines().findFirst().orElse(""));
        }
    }

    void reportArrivals(JsonLine line, long sequenceEnd) {
        percentiles(line, "e2e", endToEnd);
        line.put("received", receivedCount())
                .put("losses", lostCount(sequenceEnd))
                .put("duplicates", duplicateCount.sum());
    }

    private static void percentiles(JsonLine line, String name, Histogram latencies) {
        Histogram still = latencies.copy();
        if (still.getTotalCount() == 0) {
            return;
        }
        line.put(name + "_p50_us", still.getValueAtPercentile(50) / 1e3)
                .put(name + "_p90_us", still.getValueAtPercentile(90) / 1e3)
                .put(name + "_p99_us", still.getValueAtPercentile(99) / 1e3)
                .put(name + "_p999_us", still.getValueAtPercentile(99.9) / 1e3)
                .put(name + "_max_us", still.getMaxValue() / 1e3);
    }
}
