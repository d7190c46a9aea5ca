package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static io.ternmq.compatibility.RocketMqClients.send;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Older clients send, and administrate, through the broker's port minus two. */
class VipChannelTest {
    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void aProducerAndAConsumerWorkThroughThePortBelow() throws Exception {
        String topic = mq.topic(2);
        var producer = mq.newProducer();
        producer.setVipChannelEnabled(true);
        producer.setSendMessageWithVIPChannel(true);
        var collected = new Collected();
        var consumer = mq.newPushConsumer(newGroup(), topic);
        consumer.setVipChannelEnabled(true);
        consumer.registerMessageListener(collected);
        mq.start(consumer);
        send(mq.start(producer), topic, "m", 5);
        collected.awaitCount(5);
        assertThat(collected.bodies()).containsExactlyInAnyOrderElementsOf(RocketMqClients.bodies("m", 5));
    }
}
