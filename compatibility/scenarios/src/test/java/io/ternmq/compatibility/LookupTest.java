package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.List;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LookupTest {
    private static final int NO_MESSAGE = 208;

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void anOffsetMessageIdNamesBrokerAndPosition() throws Exception {
        String topic = mq.topic(1);
        SendResult result = mq.producer().send(message(topic, "m"));
        var id = MessageDecoder.decodeMessageId(result.getOffsetMsgId());
        assertThat(mq.brokerAddress()).endsWith(":" + ((InetSocketAddress) id.getAddress()).getPort());
        assertThat(mq.messagesOf(topic, 1))
                .extracting(MessageExt::getCommitLogOffset)
                .containsExactly(id.getOffset());
    }

    @Test
    void aMessageIsViewedByItsOffsetMessageId() throws Exception {
        String topic = mq.topic(1);
        List<SendResult> results = RocketMqClients.send(mq.producer(), topic, "m", 3);
        Waiting.soon().ignoreExceptions().untilAsserted(() -> {
            MessageExt viewed = mq.admin().viewMessage(topic, results.get(1).getOffsetMsgId());
            assertThat(Collected.bodiesOf(List.of(viewed))).containsExactly("m1");
            assertThat(viewed.getTopic()).isEqualTo(topic);
            assertThat(viewed.getQueueOffset()).isEqualTo(1);
        });
    }

    @Test
    void aMessageIsViewedByItsUniqueId() throws Exception {
        String topic = mq.topic(2);
        List<SendResult> results = RocketMqClients.send(mq.producer(), topic, "m", 3);
        Waiting.soon().ignoreExceptions().untilAsserted(() -> {
            MessageExt viewed = mq.admin().viewMessage(topic, results.get(2).getMsgId());
            assertThat(Collected.bodiesOf(List.of(viewed))).containsExactly("m2");
            assertThat(viewed.getMsgId()).isEqualTo(results.get(2).getMsgId());
        });
    }

    @Test
    void messagesAreFoundByEachOfTheirKeys() throws Exception {
        String topic = mq.topic(2);
        var producer = mq.producer();
        for (int i = 0; i < 6; i++) {
            var message = message(topic, "m" + i);
            message.setKeys(List.of("order-" + i, i % 2 == 0 ? "even" : "odd"));
            producer.send(message);
        }
        Waiting.soon().ignoreExceptions().untilAsserted(() -> {
            assertThat(bodiesByKey(topic, "even", 32)).containsExactlyInAnyOrder("m0", "m2", "m4");
            assertThat(bodiesByKey(topic, "order-5", 32)).containsExactly("m5");
        });
        assertThat(bodiesByKey(topic, "even", 2)).hasSize(2);
    }

    @Test
    void aKeyIsFoundOnlyInItsTopic() throws Exception {
        String topic = mq.topic(1);
        String otherTopic = mq.topic(1);
        mq.producer()
                .send(new Message(topic, "", "shared-key", "here".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        mq.producer()
                .send(new Message(
                        otherTopic, "", "shared-key", "there".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        Waiting.soon().ignoreExceptions().untilAsserted(() -> {
            assertThat(bodiesByKey(topic, "shared-key", 32)).containsExactly("here");
            assertThat(bodiesByKey(otherTopic, "shared-key", 32)).containsExactly("there");
        });
    }

    @Test
    void aKeyThatNobodyUsedIsAnsweredWithNoMessage() throws Exception {
        String topic = mq.topic(1);
        RocketMqClients.send(mq.producer(), topic, "m", 1);
        assertThatThrownBy(() -> bodiesByKey(topic, "nobody-used-it", 32))
                .isInstanceOfSatisfying(
                        MQClientException.class,
                        answer -> assertThat(answer.getResponseCode()).isEqualTo(NO_MESSAGE));
    }

    private List<String> bodiesByKey(String topic, String key, int countMax) throws Exception {
        var result = mq.admin().queryMessage(topic, key, countMax, 0, Long.MAX_VALUE);
        return Collected.bodiesOf(result.getMessageList());
    }
}
