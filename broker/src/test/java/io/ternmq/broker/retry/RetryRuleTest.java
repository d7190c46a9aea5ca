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
                .isEqualTo(new RetryRule.Destination("%RETRY%billing", 3, 1));
        assertThat(RetryRule.decide(billing, 15, 0, GROUPS_OWN))
                .isEqualTo(new RetryRule.Destination("%RETRY%billing", 18, 16));
    }

    @Test
    void theGroupsPolicySaysHowLongAndTheNextLevelThatIsLongEnoughIsTaken() {
        GroupConfig exponential = withPolicy(new RetryPolicy.Exponential(1_000, 60_000, 4));
        GroupConfig custom = withPolicy(new RetryPolicy.Custom(List.of(0L, 0L, 0L, 5_000L)));

        assertThat(levels(exponential, 6)).containsExactly(1, 2, 4, 5, 5, 5); // 1 s, 4 s, 16 s, 60 s
        assertThat(levels(custom, 3)).containsExactly(0, 2, 2);
        assertThat(levels(billing, 4)).containsExactly(3, 4, 5, 6);
        assertThat(RetryRule.decide(custom, 0, 7, GROUPS_OWN).delayLevel()).isEqualTo(7);
    }

    private static GroupConfig withPolicy(RetryPolicy policy) {
        return new GroupConfig("billing", true, true, false, 1, 16, true, Map.of(), policy);
    }

    private static List<Integer> levels(GroupConfig group, int count) {
        return IntStream.range(0, count)
                .mapToObj(retries ->
                        RetryRule.decide(group, retries, 0, GROUPS_OWN).delayLevel())
                .toList();
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
