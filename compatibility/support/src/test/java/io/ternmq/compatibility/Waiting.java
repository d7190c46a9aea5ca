package io.ternmq.compatibility;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How scenarios wait: for a condition, and for a time only where they are about that. */
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

    /** Lets real time pass, within which something is promised of which nobody outside can see whether it was done sooner. */
    static void letPass(Duration time) {
        within(time.plus(LONGEST)).pollDelay(time).until(() -> true);
    }
}
