package io.ternmq.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicConfigTest {
    @Test
    void aWrongNameIsRefusedWithWhatWasExpected() {
        assertThatThrownBy(() -> TopicConfig.of("a b", 1))
                .hasMessageContaining("'a b'")
                .hasMessageContaining("expected");
        assertThatThrownBy(() -> TopicConfig.of("", 1)).hasMessageContaining("1..127");
        assertThatThrownBy(() -> TopicConfig.of("x".repeat(128), 1)).hasMessageContaining("128");
    }

    @Test
    void aRetryTopicMayBeLongerByItsPrefix() {
        String group = "g".repeat(200);
        assertThat(TopicConfig.of(Names.retryTopic(group), 1).name()).endsWith(group);
    }

    @Test
    void queuesAndPermissionsHaveBounds() {
        assertThatThrownBy(() -> TopicConfig.of("t", 0)).hasMessageContaining("readQueues: 0");
        assertThatThrownBy(() -> TopicConfig.of("t", 65_536)).hasMessageContaining("65536");
        assertThatThrownBy(() -> new TopicConfig("t", 1, 1, 8, false, Map.of())).hasMessageContaining("permission: 8");
    }

    @Test
    void aTopicKnowsItsQueuesByTheirNumbers() {
        Topic topic = new Topic(TopicConfig.of("t", 2), new int[] {7, 9});
        assertThat(topic.queueNo(1)).isEqualTo(9);
        assertThat(topic.hasQueue(2)).isFalse();
        assertThat(topic.hasQueue(-1)).isFalse();
    }
}
