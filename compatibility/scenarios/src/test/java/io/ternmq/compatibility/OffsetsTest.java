package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static io.ternmq.compatibility.RocketMqClients.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("header")
@SuppressWarnings("deprecation") // the plain pull consumer is deprecated and still used by many
class OffsetsTest {
    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void aQueueKnowsItsSmallestAndItsNextOffset() throws Exception {
        String topic = mq.topic(1);
        MessageQueue queue = mq.onlyQueueOf(topic);
        assertThat(mq.admin().minOffset(queue)).isZero();
        assertThat(mq.admin().maxOffset(queue)).isZero();
        send(mq.producer(), topic, "m", 5);
        Waiting.soon().until(() -> mq.admin().maxOffset(queue) == 5);
        assertThat(mq.admin().minOffset(queue)).isZero();
    }

    @Test
    void anOffsetIsFoundByTime() throws Exception {
        String topic = mq.topic(1);
        MessageQueue queue = mq.onlyQueueOf(topic);
        List<MessageExt> messages = sendAtDifferentTimes(mq, mq.producer(), topic, 3);
        for (MessageExt message : messages) {
            assertThat(mq.admin().searchOffset(queue, message.getStoreTimestamp()))
                    .isEqualTo(message.getQueueOffset());
        }
        assertThat(mq.admin().searchOffset(queue, messages.get(1).getStoreTimestamp() - 1))
                .isLessThanOrEqualTo(1);
        assertThat(mq.admin().searchOffset(queue, 0)).isZero();
        assertThat(mq.admin().searchOffset(queue, messages.get(2).getStoreTimestamp() + 60_000))
                .isEqualTo(3);
    }

    @Test
    void theEarliestMessagesTimeIsTold() throws Exception {
        String topic = mq.topic(1);
        List<MessageExt> messages = sendAtDifferentTimes(mq, mq.producer(), topic, 2);
        assertThat(mq.admin().earliestMsgStoreTime(mq.onlyQueueOf(topic)))
                .isEqualTo(messages.get(0).getStoreTimestamp());
    }

    @Test
    void aGroupWithoutOffsetStartsAtTheBeginning() throws Exception {
        String topic = mq.topic(1);
        send(mq.producer(), topic, "m", 5);
        mq.messagesOf(topic, 5);
        var consumer = mq.pullConsumer(newGroup());
        assertThat(consumer.fetchConsumeOffset(mq.onlyQueueOf(topic), true)).isZero();
    }

    @Test
    void anOffsetThatAConsumerStoredIsReadByTheNext() throws Exception {
        String topic = mq.topic(1);
        MessageQueue queue = mq.onlyQueueOf(topic);
        send(mq.producer(), topic, "m", 5);
        mq.messagesOf(topic, 5);
        String group = newGroup();
        storeOffset(mq.pullConsumer(group), queue, 3);
        assertThat(mq.pullConsumer(group).fetchConsumeOffset(queue, true)).isEqualTo(3);
        assertThat(mq.pullConsumer(newGroup()).fetchConsumeOffset(queue, true)).isZero();
    }

    @Test
    void anOffsetCanBeMovedBack() throws Exception {
        String topic = mq.topic(1);
        MessageQueue queue = mq.onlyQueueOf(topic);
        send(mq.producer(), topic, "m", 5);
        mq.messagesOf(topic, 5);
        String group = newGroup();
        var consumer = mq.pullConsumer(group);
        storeOffset(consumer, queue, 5);
        storeOffset(consumer, queue, 1);
        assertThat(mq.pullConsumer(group).fetchConsumeOffset(queue, true)).isEqualTo(1);
    }

    private static void storeOffset(DefaultMQPullConsumer consumer, MessageQueue queue, long offset) throws Exception {
        consumer.pull(queue, "*", 0, 1); // a group begins with its first pull or heartbeat
        consumer.getDefaultMQPullConsumerImpl().getOffsetStore().updateConsumeOffsetToBroker(queue, offset, false);
    }

    /** Sends until this many messages stand in the topic's only queue, each at a later millisecond than the one before. */
    static List<MessageExt> sendAtDifferentTimes(
            RocketMqClients mq, DefaultMQProducer producer, String topic, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            send(producer, topic, "m", 1);
            long storedMs = mq.messagesOf(topic, i + 1).get(i).getStoreTimestamp();
            Waiting.soon().until(() -> System.currentTimeMillis() > storedMs + 20);
        }
        return mq.messagesOf(topic, count);
    }
}
