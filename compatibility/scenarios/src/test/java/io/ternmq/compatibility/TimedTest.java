package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages for a millisecond. The 4.x client has no method for it, but the properties reach the broker all the same. */
class TimedTest {
    /** How late a message may be on a machine that does other things as well. */
    private static final long LATE_MS = 4_000;

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void aTimedMessageIsSeenAtItsTimeAndNotBefore() throws Exception {
        String topic = mq.topic(1);
        var collected = new Collected();
        mq.consume(newGroup(), topic, collected);
        var producer = mq.producer();
        long dueMs = System.currentTimeMillis() + 2_500;
        producer.send(timed(topic, "third", "TIMER_DELIVER_MS", dueMs));
        producer.send(timed(topic, "second", "TIMER_DELAY_SEC", 1));
        producer.send(timed(topic, "first", "TIMER_DELAY_MS", 300));
        collected.awaitCount(3);
        List<MessageExt> messages = mq.messagesOf(topic, 3);
        assertThat(Collected.bodiesOf(messages)).containsExactly("first", "second", "third");
        MessageExt message = messages.get(2);
        assertThat(message.getTopic()).isEqualTo(topic);
        assertThat(message.getTags()).isEqualTo("paid");
        assertThat(message.getKeys()).isEqualTo("order-1");
        assertThat(message.getStoreTimestamp()).isBetween(dueMs, dueMs + LATE_MS);
    }

    private static Message timed(String topic, String body, String property, long value) {
        var message = RocketMqClients.message(topic, body);
        message.setTags("paid");
        message.setKeys("order-1");
        MessageAccessor.putProperty(message, property, Long.toString(value));
        return message;
    }
}
