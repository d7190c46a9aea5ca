package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.bodies;
import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static io.ternmq.compatibility.RocketMqClients.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.rocketmq.client.consumer.DefaultLitePullConsumer;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@SuppressWarnings("deprecation") // what the clients deprecate is what their users still call
class LitePullTest {
    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void assignedQueuesAreReadFromWhereTheConsumerSeeks() throws Exception {
        String topic = mq.topic(1);
        MessageQueue queue = mq.onlyQueueOf(topic);
        send(mq.producer(), topic, "m", 10);
        mq.messagesOf(topic, 10);
        var consumer = assigned(queue);
        pollBodies(consumer, 10); // the client may still give out what a pull brings that a seek overtook
        consumer.seek(queue, 6);
        assertThat(pollBodies(consumer, 4)).containsExactly("m6", "m7", "m8", "m9");
        consumer.seekToBegin(queue);
        assertThat(pollBodies(consumer, 10)).containsExactlyElementsOf(bodies("m", 10));
    }

    @Test
    void seekingToTheEndShowsOnlyWhatComesLater() throws Exception {
        String topic = mq.topic(1);
        MessageQueue queue = mq.onlyQueueOf(topic);
        var producer = mq.producer();
        send(producer, topic, "old", 5);
        mq.messagesOf(topic, 5);
        var consumer = assigned(queue);
        pollBodies(consumer, 5); // as above
        consumer.seekToEnd(queue);
        send(producer, topic, "new", 2);
        assertThat(pollBodies(consumer, 2)).containsExactly("new0", "new1");
    }

    @Test
    void anOffsetIsFoundByTime() throws Exception {
        String topic = mq.topic(1);
        MessageQueue queue = mq.onlyQueueOf(topic);
        List<MessageExt> messages = OffsetsTest.sendAtDifferentTimes(mq, mq.producer(), topic, 2);
        var consumer = assigned(queue);
        assertThat(consumer.offsetForTimestamp(queue, messages.get(1).getStoreTimestamp()))
                .isEqualTo(1);
    }

    @Test
    void whatWasCommittedIsWhereTheNextConsumerOfTheGroupBegins() throws Exception {
        String topic = mq.topic(1);
        MessageQueue queue = mq.onlyQueueOf(topic);
        send(mq.producer(), topic, "m", 10);
        mq.messagesOf(topic, 10);
        String group = newGroup();
        var first = mq.newLitePullConsumer(group);
        first.setAutoCommit(false);
        first.setPullBatchSize(4);
        mq.start(first);
        first.assign(List.of(queue));
        assertThat(Collected.bodiesOf(first.poll(20_000))).containsExactly("m0", "m1", "m2", "m3");
        first.commitSync();
        Waiting.soon().until(() -> first.committed(queue) == 4);
        first.shutdown();

        var second = mq.newLitePullConsumer(group);
        mq.start(second);
        second.assign(List.of(queue));
        assertThat(pollBodies(second, 6)).containsExactly("m4", "m5", "m6", "m7", "m8", "m9");
    }

    @Test
    void aSubscriptionIsServedByRebalance() throws Exception {
        String topic = mq.topic(3);
        send(mq.producer(), topic, "m", 12);
        mq.messagesOf(topic, 12);
        var consumer = mq.newLitePullConsumer(newGroup());
        consumer.setConsumeFromWhere(org.apache.rocketmq.common.consumer.ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(topic, "*");
        mq.start(consumer);
        assertThat(pollBodies(consumer, 12)).containsExactlyInAnyOrderElementsOf(bodies("m", 12));
    }

    private DefaultLitePullConsumer assigned(MessageQueue queue) throws Exception {
        var consumer = mq.start(mq.newLitePullConsumer(newGroup()));
        consumer.setAutoCommit(false);
        consumer.assign(List.of(queue));
        return consumer;
    }

    private static List<String> pollBodies(DefaultLitePullConsumer consumer, int count) {
        var bodies = new ArrayList<String>();
        Waiting.soon().until(() -> {
            bodies.addAll(Collected.bodiesOf(consumer.poll(500)));
            return bodies.size() >= count;
        });
        return bodies;
    }
}
