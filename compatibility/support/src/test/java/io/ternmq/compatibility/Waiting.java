package io.ternmq.compatibility;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How scenarios wait: for a condition, never for a time. */
final class Waiting {
    /** Three of the clients' rebalances: longer than anything takes on a machine that does much else besides. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

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
