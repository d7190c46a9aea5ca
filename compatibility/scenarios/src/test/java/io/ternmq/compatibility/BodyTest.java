package io.ternmq.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BodyTest {
    private static final int BODY_BYTES_MAX = 4 * 1024 * 1024;
    private static final int MESSAGE_ILLEGAL = 13;

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void aBodyOfFourMebibytesComesBackAsItWasSent() throws Exception {
        String topic = mq.topic(1);
        byte[] body = randomBytes(BODY_BYTES_MAX);
        uncompressedProducer().send(new Message(topic, body));
        assertThat(mq.messagesOf(topic, 1).get(0).getBody()).isEqualTo(body);
    }

    @Test
    void aBodyOverFourMebibytesIsRefusedByTheBrokerAndTheProducerGoesOn() throws Exception {
        String topic = mq.topic(1);
        DefaultMQProducer producer = uncompressedProducer();
        assertThatThrownBy(() -> producer.send(new Message(topic, randomBytes(BODY_BYTES_MAX + 1))))
                .isInstanceOfSatisfying(
                        MQBrokerException.class,
                        refusal -> assertThat(refusal.getResponseCode()).isEqualTo(MESSAGE_ILLEGAL));
        producer.send(RocketMqClients.message(topic, "small"));
        assertThat(Collected.bodiesOf(mq.messagesOf(topic, 1))).containsExactly("small");
    }

    @Test
    void propertiesOverThirtyTwoKibibytesAreRefused() throws Exception {
        String topic = mq.topic(1);
        var message = RocketMqClients.message(topic, "m");
        message.putUserProperty("long", "x".repeat(Short.MAX_VALUE + 1));
        var producer = mq.producer();
        assertThatThrownBy(() -> producer.send(message))
                .isInstanceOfSatisfying(
                        MQBrokerException.class,
                        refusal -> assertThat(refusal.getResponseCode()).isEqualTo(MESSAGE_ILLEGAL));
    }

    @Test
    void aCompressedBodyIsKeptCompressedAndReadAsItWasWritten() throws Exception {
        String topic = mq.topic(1);
        byte[] body = "a sentence that is written again and again. "
                .repeat(500)
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        mq.producer().send(new Message(topic, body));
        MessageExt message = mq.messagesOf(topic, 1).get(0);
        assertThat(message.getBody()).isEqualTo(body);
        assertThat(message.getStoreSize()).isLessThan(body.length / 4);
    }

    @Test
    void anEmptyBodyIsRefusedByTheClientItself() throws Exception {
        String topic = mq.topic(1);
        var producer = mq.producer();
        assertThatThrownBy(() -> producer.send(new Message(topic, new byte[0]))).isInstanceOf(MQClientException.class);
    }

    private DefaultMQProducer uncompressedProducer() throws MQClientException {
        var producer = mq.newProducer();
        producer.setCompressMsgBodyOverHowmuch(Integer.MAX_VALUE);
        producer.setMaxMessageSize(2 * BODY_BYTES_MAX);
        return mq.start(producer);
    }

    private static byte[] randomBytes(int count) {
        var bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}
