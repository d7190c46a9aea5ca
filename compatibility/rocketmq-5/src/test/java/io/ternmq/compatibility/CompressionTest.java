package io.ternmq.compatibility;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.rocketmq.common.compression.CompressionType;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The 5.x client knows more ways to compress a body than the 4.x client. */
class CompressionTest {
    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @ParameterizedTest
    @EnumSource
    void aBodyIsKeptAsItWasCompressed(CompressionType type) throws Exception {
        String topic = mq.topic(1);
        byte[] body = "a sentence that is written again and again. ".repeat(500).getBytes(UTF_8);
        var producer = mq.newProducer();
        producer.setCompressType(type);
        mq.start(producer).send(new Message(topic, body));
        MessageExt message = mq.messagesOf(topic, 1).get(0);
        assertThat(message.getBody()).isEqualTo(body);
        assertThat(message.getStoreSize()).isLessThan(body.length / 4);
    }
}
