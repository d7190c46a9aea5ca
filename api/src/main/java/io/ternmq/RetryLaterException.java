package io.ternmq;

import java.time.Duration;

/** A handler throws it to have its message back after a time of its own choice. */
public final class RetryLaterException extends RuntimeException {

    private final Duration delay;

    /**
     * Asks for the message again.
     *
     * @param delay after how long
     */
    public RetryLaterException(Duration delay) {
        super("again in " + delay);
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay: " + delay + " (expected: 0 or more)");
        }
        this.delay = delay;
    }

    /**
     * After how long.
     *
     * @return 0 or more
     */
    public Duration delay() {
        return delay;
    }
}
