package io.ternmq.broker.traffic;

/**
 * What went one way during some time up to now.
 *
 * @param messages how many messages
 * @param bytes of their records
 * @param calls how many requests they went in
 * @param messagesPerSecond over that time, or since the first of them where that is less
 */
public record Flow(long messages, long bytes, long calls, double messagesPerSecond) {
    /** Nothing went. */
    public static final Flow NONE = new Flow(0, 0, 0, 0);
}
