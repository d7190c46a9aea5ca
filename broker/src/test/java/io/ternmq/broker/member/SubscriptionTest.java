package io.ternmq.broker.member;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "*"})
    void noExpressionAndAStarMeanEverything(String expression) {
        Subscription subscription = Subscription.parse("t", "", expression, 3);

        assertThat(subscription.expression()).isEqualTo("*");
        assertThat(subscription.tags()).isEmpty();
        assertThat(subscription.tagHashes()).isEmpty();
        assertThat(subscription.isByTag()).isTrue();
    }

    @Test
    void tagsStandBetweenBarsWithAnySpaceAround() {
        Subscription subscription = Subscription.parse("t", "TAG", " red||blue || || green", 3);

        assertThat(subscription.tags()).containsExactly("blue", "green", "red");
        assertThat(subscription.tagHashes())
                .isSorted()
                .contains("red".hashCode(), "blue".hashCode(), "green".hashCode())
                .hasSize(3);
    }

    @Test
    void anExpressionBecomesAFilterAndIsKeptAsItWasWritten() {
        Subscription subscription = Subscription.parse("t", "SQL92", "a > 1", 3);

        assertThat(subscription.isByTag()).isFalse();
        assertThat(subscription.expression()).isEqualTo("a > 1");
        assertThat(subscription.tags()).isEmpty();
        assertThat(subscription.filter()).isNotNull();
        assertThat(subscription.problem()).isNull();
    }

    @Test
    void whatCannotBeUnderstoodIsKeptWithTheReason() {
        Subscription bad = Subscription.parse("t", "SQL92", "a >", 3);
        Subscription strange = Subscription.parse("t", "XPATH", "a", 3);

        assertThat(bad.filter()).isNull();
        assertThat(bad.problem()).contains("the end at 4");
        assertThat(strange.filter()).isNull();
        assertThat(strange.problem()).contains("XPATH", "TAG or SQL92");
    }
}
