package io.ternmq.runtime.consume;

import java.time.Duration;

/** How long a message may be leased. */
final class InvisibleTime {

    static final Duration MIN = Duration.ofSeconds(10);
    static final Duration MAX = Duration.ofHours(3);

    private InvisibleTime() {}

    /** @throws IllegalArgumentException when it is shorter or longer */
    static Duration check(Duration invisible) {
        if (invisible.compareTo(MIN) < 0 || invisible.compareTo(MAX) > 0) {
            throw new IllegalArgumentException("invisible: " + invisible + " (expected: " + MIN + " to " + MAX + ")");
        }
        return invisible;
    }
}
