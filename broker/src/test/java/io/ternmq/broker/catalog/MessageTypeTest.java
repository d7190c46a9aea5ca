package io.ternmq.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.protocol.message.PropertyNames;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageTypeTest {
    private static TopicConfig declaring(String type) {
        return new TopicConfig(
                "orders", 1, 1, Permission.READ | Permission.WRITE, false, Map.of(MessageType.ATTRIBUTE, type));
    }

    @Test
    void aTopicThatDeclaresNothingOrNonsenseTakesAll() {
        assertThat(MessageType.acceptedBy(TopicConfig.of("orders", 1))).containsExactly(MessageType.values());
        assertThat(MessageType.acceptedBy(declaring("MIXED"))).containsExactly(MessageType.values());
    }

    @Test
    void aTopicThatDeclaresAKindTakesThatKind() {
        assertThat(MessageType.acceptedBy(declaring("fifo"))).containsExactly(MessageType.FIFO);
        assertThat(MessageType.acceptedBy(declaring("DELAY"))).containsExactly(MessageType.DELAY);
    }

    @Test
    void whatAMessageAsksForSaysOfWhichKindItIs() {
        assertThat(MessageType.of(Map.of())).isEqualTo(MessageType.NORMAL);
        assertThat(MessageType.of(Map.of(PropertyNames.SHARDING_KEY, "k"))).isEqualTo(MessageType.FIFO);
        assertThat(MessageType.of(Map.of(PropertyNames.TIMER_DELAY_MS, "5", PropertyNames.SHARDING_KEY, "k")))
                .isEqualTo(MessageType.DELAY);
        assertThat(MessageType.of(Map.of(PropertyNames.TRANSACTION_PREPARED, "true", PropertyNames.DELAY_LEVEL, "1")))
                .isEqualTo(MessageType.TRANSACTION);
    }
}
