package io.ternmq.runtime.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.Retry;
import io.ternmq.RetryLaterException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailuresTest {

    private final Retry retry = Retry.every(Duration.ofSeconds(7)).attempts(3).deadLetterOn(IOException.class);

    @Test
    void aHandlersOwnDelayComesFirst() {
        assertThat(Failures.delay(retry, 99, new RetryLaterException(Duration.ofSeconds(1))))
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void thenThePolicySaysWhenOrNever() {
        assertThat(Failures.delay(retry, 2, new IllegalStateException())).isEqualTo(Duration.ofSeconds(7));
        assertThat(Failures.delay(retry, 3, new IllegalStateException())).isEqualTo(Failures.NEVER);
        assertThat(Failures.delay(retry, 1, new IOException())).isEqualTo(Failures.NEVER);
    }
}
