package io.ternmq.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("header")
class PropertiesTest {
    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void everythingThatWasSetOnAMessageIsReadAgain() throws Exception {
        String topic = mq.topic(1);
        var sent = new Message(topic, "付款", "订单-1", "正文".getBytes(StandardCharsets.UTF_8));
        sent.setKeys(List.of("订单-1", "order-1"));
        sent.setFlag(7);
        sent.putUserProperty("region", "île-de-france");
        SendResult result = mq.producer().send(sent);

        MessageExt message = mq.messagesOf(topic, 1).get(0);
        assertThat(message.getTopic()).isEqualTo(topic);
        assertThat(message.getTags()).isEqualTo("付款");
        assertThat(message.getKeys()).isEqualTo("订单-1 order-1");
        assertThat(message.getFlag()).isEqualTo(7);
        assertThat(message.getUserProperty("region")).isEqualTo("île-de-france");
        assertThat(new String(message.getBody(), StandardCharsets.UTF_8)).isEqualTo("正文");
        assertThat(message.getMsgId()).isEqualTo(result.getMsgId());
    }

    @Test
    void theBrokerWritesWhereAndWhenAMessageCameFrom() throws Exception {
        String topic = mq.topic(1);
        RocketMqClients.send(mq.producer(), topic, "m", 2);
        List<MessageExt> messages = mq.messagesOf(topic, 2);
        MessageExt first = messages.get(0);
        MessageExt second = messages.get(1);
        assertThat(first.getBornTimestamp()).isPositive().isLessThanOrEqualTo(first.getStoreTimestamp());
        assertThat(first.getStoreTimestamp()).isLessThanOrEqualTo(second.getStoreTimestamp());
        assertThat(first.getCommitLogOffset()).isNotNegative().isLessThan(second.getCommitLogOffset());
        assertThat(first.getReconsumeTimes()).isZero();
        assertThat(((InetSocketAddress) first.getBornHost()).getAddress().isLoopbackAddress())
                .isTrue();
        assertThat(mq.brokerAddress()).endsWith(":" + ((InetSocketAddress) first.getStoreHost()).getPort());
    }

    @Test
    void aMessageWithoutTagsKeysOrPropertiesStaysThatWay() throws Exception {
        String topic = mq.topic(1);
        RocketMqClients.send(mq.producer(), topic, "m", 1);
        MessageExt message = mq.messagesOf(topic, 1).get(0);
        assertThat(message.getTags()).isNull();
        assertThat(message.getKeys()).isNull();
    }
}
