package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DelayTest {
    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void aDelayedMessageIsSeenWhenItsDelayIsOverAndNotBefore() throws Exception {
        String topic = mq.topic(1);
        var collected = new Collected();
        mq.consume(newGroup(), topic, collected);
        var producer = mq.producer();
        producer.send(delayed(topic, "in a second", 1));
        producer.send(delayed(topic, "at once", 0));
        collected.awaitCount(2);
        List<MessageExt> messages = mq.messagesOf(topic, 2);
        assertThat(Collected.bodiesOf(messages)).containsExactly("at once", "in a second");
        MessageExt message = messages.get(1);
        assertThat(message.getTopic()).isEqualTo(topic);
        assertThat(message.getTags()).isEqualTo("paid");
        assertThat(message.getKeys()).isEqualTo("order-1");
        assertThat(message.getStoreTimestamp() - message.getBornTimestamp()).isBetween(900L, 5_000L);
    }

    private static Message delayed(String topic, String body, int level) {
        var message = RocketMqClients.message(topic, body);
        message.setTags("paid");
        message.setKeys("order-1");
        message.setDelayTimeLevel(level);
        return message;
    }
}
