package io.ternmq.runtime.consume;

import io.ternmq.Retry;
import io.ternmq.RetryLaterException;
import java.time.Duration;

/** What is to become of a message whose handler threw. */
final class Failures {

    /** It is not tried again: it becomes a dead letter. */
    static final Duration NEVER = Duration.ofMillis(-1);

    private Failures() {}

    /** @return after how long it is tried again, or {@link #NEVER} */
    static Duration delay(Retry retry, int attempt, Throwable failure) {
        if (failure instanceof RetryLaterException later) {
            return later.delay();
        }
        return retry.endsAfter(attempt, failure) ? NEVER : retry.delayAfter(attempt);
    }
}
