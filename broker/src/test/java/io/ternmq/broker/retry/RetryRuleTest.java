package io.ternmq.broker.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.catalog.GroupConfig;
import org.junit.jupiter.api.Test;

class RetryRuleTest {
    private static final int GROUPS_OWN = -1;
    private final GroupConfig billing = GroupConfig.of("billing");

    @Test
    void theBrokerWaitsLongerWithEveryRetry() {
        assertThat(RetryRule.decide(billing, 0, 0, GROUPS_OWN))
                .isEqualTo(new RetryRule.Destination("%RETRY%billing", 3, 1));
        assertThat(RetryRule.decide(billing, 15, 0, GROUPS_OWN))
                .isEqualTo(new RetryRule.Destination("%RETRY%billing", 18, 16));
    }

    @Test
    void theConsumerMayChooseHowLong() {
        assertThat(RetryRule.decide(billing, 4, 1, GROUPS_OWN).delayLevel()).isEqualTo(1);
        assertThat(RetryRule.decide(billing, 4, 99, GROUPS_OWN).delayLevel()).isEqualTo(18);
    }

    @Test
    void whatFailedTooOftenBecomesADeadLetter() {
        assertThat(RetryRule.decide(billing, 16, 0, GROUPS_OWN).isDeadLetter()).isTrue();
        assertThat(RetryRule.decide(billing, 3, 0, 3)).isEqualTo(new RetryRule.Destination("%DLQ%billing", 0, 3));
        assertThat(RetryRule.decide(billing, 2, 0, 3).isDeadLetter()).isFalse();
    }

    @Test
    void aConsumerMayGiveUpAtOnce() {
        assertThat(RetryRule.decide(billing, 0, -1, GROUPS_OWN).isDeadLetter()).isTrue();
    }
}
