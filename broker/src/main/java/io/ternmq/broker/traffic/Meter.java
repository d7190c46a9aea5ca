package io.ternmq.broker.traffic;

/**
 * Measures one way over the last minute, hour and day. Thread-safe.
 *
 * <p>What comes is gathered for up to {@link #GATHER_MS} and then spread over the windows, so that a message costs next to nothing.
 */
public final class Meter {
    private static final long SECOND_MS = 1_000;
    private static final long MINUTE_MS = 60 * SECOND_MS;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long GATHER_MS = 10 * SECOND_MS;

    private final FlowWindow minute = new FlowWindow(GATHER_MS, 6);
    private final FlowWindow hour = new FlowWindow(10 * MINUTE_MS, 6);
    private final FlowWindow day = new FlowWindow(HOUR_MS, 24);
    private long messages;
    private long bytes;
    private long calls;
    private long gatherUntilMs;
    private long gatheredMs;
    private long firstMs = -1;

    Meter() {}

    synchronized void add(long messageCount, long byteCount, long nowMs) {
        if (nowMs >= gatherUntilMs) {
            spread();
            gatheredMs = nowMs;
            gatherUntilMs = nowMs - nowMs % GATHER_MS + GATHER_MS;
            firstMs = firstMs < 0 ? nowMs : firstMs;
        }
        messages += messageCount;
        bytes += byteCount;
        calls++;
    }

    synchronized Figures figures(long nowMs) {
        spread();
        return firstMs < 0
                ? Figures.NONE
                : new Figures(minute.flow(firstMs, nowMs), hour.flow(firstMs, nowMs), day.flow(firstMs, nowMs));
    }

    private void spread() {
        if (calls > 0) {
            minute.add(messages, bytes, calls, gatheredMs);
            hour.add(messages, bytes, calls, gatheredMs);
            day.add(messages, bytes, calls, gatheredMs);
            messages = 0;
            bytes = 0;
            calls = 0;
        }
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
