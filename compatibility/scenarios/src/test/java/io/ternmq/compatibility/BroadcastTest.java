package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.bodies;
import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static io.ternmq.compatibility.RocketMqClients.send;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BroadcastTest {
    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void everyConsumerOfABroadcastGroupIsGivenEveryMessage() throws Exception {
        String topic = mq.topic(2);
        String group = newGroup();
        var collectedOne = new Collected();
        var collectedTwo = new Collected();
        mq.start(broadcastConsumer(group, topic, collectedOne));
        mq.start(broadcastConsumer(group, topic, collectedTwo));
        send(mq.producer(), topic, "m", 10);
        collectedOne.awaitCount(10);
        collectedTwo.awaitCount(10);
        assertThat(collectedOne.bodies()).containsExactlyInAnyOrderElementsOf(bodies("m", 10));
        assertThat(collectedTwo.bodies()).containsExactlyInAnyOrderElementsOf(bodies("m", 10));
    }

    @Test
    void aBroadcastConsumerGoesOnFromTheOffsetsItKeptItself() throws Exception {
        String topic = mq.topic(2);
        String group = newGroup();
        var producer = mq.producer();
        send(producer, topic, "first", 6);
        var collectedFirst = new Collected();
        var first = broadcastConsumer(group, topic, collectedFirst);
        mq.start(first);
        RocketMqClients.awaitConsumed(first, topic, 6);
        first.shutdown();

        send(producer, topic, "second", 6);
        var collectedSecond = new Collected();
        var second = broadcastConsumer(group, topic, collectedSecond);
        second.setInstanceName(first.getInstanceName());
        mq.start(second);
        collectedSecond.awaitCount(6);
        assertThat(collectedSecond.bodies()).containsExactlyInAnyOrderElementsOf(bodies("second", 6));
    }

    private DefaultMQPushConsumer broadcastConsumer(String group, String topic, Collected collected) throws Exception {
        var consumer = mq.newPushConsumer(group, topic);
        ClientGeneration.broadcast(consumer);
        consumer.registerMessageListener(collected);
        return consumer;
    }
}
