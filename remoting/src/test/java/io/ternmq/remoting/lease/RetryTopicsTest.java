package io.ternmq.remoting.lease;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryTopicsTest {
    @Test
    void aRetryIsOfTheGroupsOnlyRetryTopic() {
        assertThat(RetryTopics.realTopic('0', "orders", "billing")).isEqualTo("orders");
        assertThat(RetryTopics.realTopic('1', "%RETRY%billing_orders", "billing"))
                .isEqualTo("%RETRY%billing");
        assertThat(RetryTopics.realTopic('2', "%RETRY%billing+orders", "billing"))
                .isEqualTo("%RETRY%billing");
        assertThat(RetryTopics.markOf("%RETRY%billing")).isEqualTo('1');
        assertThat(RetryTopics.markOf("%DLQ%billing")).isEqualTo('0');
    }
}
