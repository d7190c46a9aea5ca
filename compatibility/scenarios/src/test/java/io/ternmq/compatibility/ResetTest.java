package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ResetTest {
    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void aGroupThatIsAwayIsResetToATime() throws Exception {
        String topic = mq.topic(1);
        String group = newGroup();
        List<MessageExt> messages = OffsetsTest.sendAtDifferentTimes(mq, mq.producer(), topic, 4);
        var collected = new Collected();
        var consumer = mq.consume(group, topic, collected);
        RocketMqClients.awaitConsumed(consumer, topic, 4);
        consumer.shutdown();
        Waiting.soon().until(() -> committedOffset(group, topic) == 4);

        mq.admin().resetOffsetNew(group, topic, messages.get(2).getStoreTimestamp());
        Waiting.soon().until(() -> committedOffset(group, topic) == 2);
        var collectedAgain = new Collected();
        mq.consume(group, topic, collectedAgain);
        collectedAgain.awaitCount(2);
        assertThat(collectedAgain.messages())
                .extracting(MessageExt::getQueueOffset)
                .containsExactlyInAnyOrder(2L, 3L);
    }

    @Test
    void aLiveGroupIsResetToATime() throws Exception {
        String topic = mq.topic(1);
        String group = newGroup();
        List<MessageExt> messages = OffsetsTest.sendAtDifferentTimes(mq, mq.producer(), topic, 4);
        var collected = new Collected();
        mq.consume(group, topic, collected);
        collected.awaitCount(4);

        mq.admin().resetOffsetNew(group, topic, messages.get(1).getStoreTimestamp());
        collected.awaitCount(7);
        assertThat(collected.messages().subList(4, 7))
                .extracting(MessageExt::getQueueOffset)
                .containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    private long committedOffset(String group, String topic) throws Exception {
        return mq.admin()
                .examineConsumeStats(group, topic)
                .getOffsetTable()
                .get(mq.onlyQueueOf(topic))
                .getConsumerOffset();
    }
}
