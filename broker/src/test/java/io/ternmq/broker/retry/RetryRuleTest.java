package io.ternmq.broker.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.RetryPolicy;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryRuleTest {
    private static final int GROUPS_OWN = -1;
    private final GroupConfig billing = GroupConfig.of("billing");

    @Test
    void theBrokerWaitsLongerWithEveryRetry() {
        assertThat(RetryRule.decide(billing, 0, 0, GROUPS_OWN))
                .isEqualTo(new RetryRule.Destination("%RETRY%billing", 10_000, 1));
        assertThat(RetryRule.decide(billing, 15, 0, GROUPS_OWN))
                .isEqualTo(new RetryRule.Destination("%RETRY%billing", 7_200_000, 16));
    }

    @Test
    void theGroupsPolicySaysHowLong() {
        GroupConfig exponential = withPolicy(new RetryPolicy.Exponential(1_000, 60_000, 4));
        GroupConfig custom = withPolicy(new RetryPolicy.Custom(List.of(0L, 0L, 0L, 5_000L)));

        assertThat(delays(exponential, 6)).containsExactly(1_000L, 4_000L, 16_000L, 60_000L, 60_000L, 60_000L);
        assertThat(delays(custom, 3)).containsExactly(0L, 5_000L, 5_000L);
        assertThat(delays(billing, 4)).containsExactly(10_000L, 30_000L, 60_000L, 120_000L);
        assertThat(RetryRule.decide(custom, 0, 7, GROUPS_OWN).delayMs()).isEqualTo(180_000);
    }

    private static GroupConfig withPolicy(RetryPolicy policy) {
        return new GroupConfig("billing", true, true, false, 1, 16, true, Map.of(), policy);
    }

    private static List<Long> delays(GroupConfig group, int count) {
        return IntStream.range(0, count)
                .mapToObj(retries ->
                        RetryRule.decide(group, retries, 0, GROUPS_OWN).delayMs())
                .toList();
    }

    @Test
    void theConsumerMayChooseHowLong() {
        assertThat(RetryRule.decide(billing, 4, 1, GROUPS_OWN).delayMs()).isEqualTo(1_000);
        assertThat(RetryRule.decide(billing, 4, 99, GROUPS_OWN).delayMs()).isEqualTo(7_200_000);
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
