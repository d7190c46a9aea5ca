package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The 5.x client sends messages for a time by methods of their own, and takes them back. */
class RecallTest {
    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void aRecalledMessageIsNotSeenAndOneThatWasSeenIsNotRecalled() throws Exception {
        String topic = mq.topic(1);
        var collected = new Collected();
        mq.consume(newGroup(), topic, collected);
        var producer = mq.producer();

        Message recalled = RocketMqClients.message(topic, "recalled");
        recalled.setDelayTimeMs(2_000);
        SendResult sent = producer.send(recalled);
        Message kept = RocketMqClients.message(topic, "kept");
        kept.setDeliverTimeMs(System.currentTimeMillis() + 2_500);
        SendResult keptSent = producer.send(kept);
        Message last = RocketMqClients.message(topic, "last");
        last.setDelayTimeSec(3);
        SendResult unused = producer.send(last);

        assertThat(producer.recallMessage(topic, sent.getRecallHandle())).isEqualTo(sent.getMsgId());
        collected.awaitCount(2);
        assertThat(collected.bodies()).containsExactlyInAnyOrder("kept", "last");
        assertThatThrownBy(() -> producer.recallMessage(topic, keptSent.getRecallHandle()))
                .isInstanceOf(MQBrokerException.class)
                .hasMessageContaining("delivered already");
    }

    @Test
    void timersOutliveAKilledServer() throws Exception {
        try (var server = ServerProcess.start(Map.of("flush.mode", "sync"))) {
            mq.connectTo(server.address());
            String topic = mq.topic(1);
            var producer = mq.producer();
            for (int i = 0; i < 20; i++) {
                Message message = RocketMqClients.message(topic, "m" + i);
                message.setDelayTimeMs(1_000 + 150L * i);
                SendResult unused = producer.send(message);
            }
            server.kill();
            server.startAgain();
            assertThat(Collected.bodiesOf(mq.messagesOf(topic, 20))).hasSize(20).doesNotHaveDuplicates();
        }
    }
}
