package io.ternmq;

import java.time.Duration;

/**
 * How far a group is behind.
 *
 * @param messages how many wait or are being handled, 0 or more
 * @param age      how long the oldest of them has been there; zero when there is none
 */
public record Lag(long messages, Duration age) {

    /** Nothing waits. */
    public static final Lag NONE = new Lag(0, Duration.ZERO);

    /**
     * Both together.
     *
     * @param other of another topic
     * @return the sum of the messages, the age of the older
     */
    public Lag plus(Lag other) {
        return new Lag(messages + other.messages, age.compareTo(other.age) >= 0 ? age : other.age);
    }
}
