package io.ternmq.broker.traffic;

/** Measures one way over the last minute, hour and day. Thread-safe. */
public final class Meter {
    private static final long SECOND_MS = 1_000;
    private static final long MINUTE_MS = 60 * SECOND_MS;
    private static final long HOUR_MS = 60 * MINUTE_MS;

    private final FlowWindow minute = new FlowWindow(10 * SECOND_MS, 6);
    private final FlowWindow hour = new FlowWindow(10 * MINUTE_MS, 6);
    private final FlowWindow day = new FlowWindow(HOUR_MS, 24);

    Meter() {}

    synchronized void add(long messages, long bytes, long nowMs) {
        minute.add(messages, bytes, nowMs);
        hour.add(messages, bytes, nowMs);
        day.add(messages, bytes, nowMs);
    }

    synchronized Figures figures(long nowMs) {
        return new Figures(minute.flow(nowMs), hour.flow(nowMs), day.flow(nowMs));
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
