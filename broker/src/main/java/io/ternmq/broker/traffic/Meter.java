package io.ternmq.broker.traffic;

import java.util.concurrent.atomic.LongAdder;

/**
 * Measures one way over the last minute, hour and day. Thread-safe.
 *
 * <p>What comes is gathered for up to {@link #GATHER_MS} and then spread over the windows, so that a message costs next to nothing:
 * who counts waits for nobody, but for the one that begins the next gathering. What is counted in that moment may fall into the
 * gathering before or after; it falls into one of them.
 */
public final class Meter {
    private static final long SECOND_MS = 1_000;
    private static final long MINUTE_MS = 60 * SECOND_MS;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long GATHER_MS = 10 * SECOND_MS;

    private final FlowWindow minute = new FlowWindow(GATHER_MS, 6);
    private final FlowWindow hour = new FlowWindow(10 * MINUTE_MS, 6);
    private final FlowWindow day = new FlowWindow(HOUR_MS, 24);
    private final LongAdder messages = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder calls = new LongAdder();
    private long spreadMessages;
    private long spreadBytes;
    private long spreadCalls;
    private long gatheredMs;
    private long firstMs = -1;
    private volatile long gatherUntilMs;

    Meter() {}

    void add(long messageCount, long byteCount, long nowMs) {
        if (nowMs >= gatherUntilMs) {
            gatherAnew(nowMs);
        }
        messages.add(messageCount);
        bytes.add(byteCount);
        calls.increment();
    }

    synchronized Figures figures(long nowMs) {
        spread();
        return firstMs < 0
                ? Figures.NONE
                : new Figures(minute.flow(firstMs, nowMs), hour.flow(firstMs, nowMs), day.flow(firstMs, nowMs));
    }

    private synchronized void gatherAnew(long nowMs) {
        if (nowMs >= gatherUntilMs) {
            spread();
            gatheredMs = nowMs;
            firstMs = firstMs < 0 ? nowMs : firstMs;
            gatherUntilMs = nowMs - nowMs % GATHER_MS + GATHER_MS;
        }
    }

    /** The adders only grow, so that nothing is lost of what is added meanwhile. */
    private void spread() {
        long messagesNow = messages.sum();
        long bytesNow = bytes.sum();
        long callsNow = calls.sum();
        minute.add(messagesNow - spreadMessages, bytesNow - spreadBytes, callsNow - spreadCalls, gatheredMs);
        hour.add(messagesNow - spreadMessages, bytesNow - spreadBytes, callsNow - spreadCalls, gatheredMs);
        day.add(messagesNow - spreadMessages, bytesNow - spreadBytes, callsNow - spreadCalls, gatheredMs);
        spreadMessages = messagesNow;
        spreadBytes = bytesNow;
        spreadCalls = callsNow;
    }

    /**
     * What went, up to now.
     *
     * @param minute during the last minute
     * @param hour during the last hour
     * @param day during the last 24 hours
     */
    public record Figures(Flow minute, Flow hour, Flow day) {
        /** Nothing went. */
        public static final Figures NONE = new Figures(Flow.NONE, Flow.NONE, Flow.NONE);
    }
}
