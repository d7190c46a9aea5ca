package io.ternmq.compatibility;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How scenarios wait: for a condition, never for a time. */
final class Waiting {
    /** Apache RocketMQ now and then lets a new consumer wait for its next rebalance, 20 s later. */
    private static final Duration LONGEST = Duration.ofSeconds(SharedBroker.isOutside() ? 45 : 20);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    private Waiting() {}

    static ConditionFactory soon() {
        return within(LONGEST);
    }

    static ConditionFactory within(Duration timeout) {
        return Awaitility.await()
                .pollInterval(POLL_INTERVAL)
                .pollDelay(Duration.ZERO)
                .atMost(timeout);
    }
}
