package io.ternmq.broker.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.protocol.message.HostAddress;
import io.ternmq.protocol.message.MessageFields;
import io.ternmq.protocol.message.MessageProperties;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.MessageRecordEncoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class HandBackTest {
    private static final HandBack.Wish LEFT_TO_THE_BROKER = new HandBack.Wish(0, -1);
    private static final HostAddress HOST =
            HostAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911));

    private final GroupConfig group = GroupConfig.of("g");
    private final HandBack handBack = new HandBack();

    @Test
    void theFirstFailureWaitsInTheThirdLevelForTheRetryTopic() {
        HandBack.Copy copy = handBack.copy(record(0, Map.of("TAGS", "red", "KEYS", "k")), group, LEFT_TO_THE_BROKER);
        MessageRecord copied = read(copy);

        assertThat(copy.home().name()).isEqualTo("%RETRY%g");
        assertThat(copy.topic()).isEqualTo("SCHEDULE_TOPIC_XXXX");
        assertThat(copy.queueId()).isEqualTo(2);
        assertThat(copied.reconsumeTimes()).isEqualTo(1);
        assertThat(copied.property("REAL_TOPIC")).isEqualTo("%RETRY%g");
        assertThat(copied.property("RETRY_TOPIC")).isEqualTo("orders");
        assertThat(copied.property("ORIGIN_MESSAGE_ID")).hasSize(32);
        assertThat(copied.property("TAGS")).isEqualTo("red");
        assertThat(new String(copied.body(), StandardCharsets.UTF_8)).isEqualTo("body");
    }

    @Test
    void whereItCameFromFirstIsKept() {
        Map<String, String> properties = Map.of("RETRY_TOPIC", "first", "ORIGIN_MESSAGE_ID", "ID", "DELAY", "9");

        MessageRecord copied = read(handBack.copy(record(3, properties), group, LEFT_TO_THE_BROKER));

        assertThat(copied.property("RETRY_TOPIC")).isEqualTo("first");
        assertThat(copied.property("ORIGIN_MESSAGE_ID")).isEqualTo("ID");
        assertThat(copied.property("DELAY")).isEqualTo("6");
    }

    @Test
    void afterTheLastRetryItIsADeadLetter() {
        HandBack.Copy copy = handBack.copy(record(16, Map.of("DELAY", "3")), group, LEFT_TO_THE_BROKER);
        MessageRecord copied = read(copy);

        assertThat(copy.home().name()).isEqualTo("%DLQ%g");
        assertThat(copy.topic()).isEqualTo("%DLQ%g");
        assertThat(copied.property("DELAY")).isNull();
        assertThat(copied.property("DLQ_ORIGIN_TOPIC")).isEqualTo("orders");
        assertThat(copied.property("DLQ_ORIGIN_MESSAGE_ID")).isEqualTo(copied.property("ORIGIN_MESSAGE_ID"));
    }

    @Test
    void theConsumerMayAllowFewerRetriesOrNone() {
        assertThat(handBack.copy(record(2, Map.of()), group, new HandBack.Wish(0, 2))
                        .topic())
                .isEqualTo("%DLQ%g");
        assertThat(handBack.copy(record(0, Map.of()), group, new HandBack.Wish(-1, -1))
                        .topic())
                .isEqualTo("%DLQ%g");
    }

    @Test
    void aMessageThatItsConsumerSendsAgainIsExhaustedAfterTheLastRetry() {
        assertThat(ResendRule.isExhausted(group, 16, -1)).isFalse();
        assertThat(ResendRule.isExhausted(group, 17, -1)).isTrue();
        assertThat(ResendRule.isExhausted(group, 3, 2)).isTrue();
    }

    private static MessageRecord record(int reconsumeTimes, Map<String, String> properties) {
        byte[] body = "body".getBytes(StandardCharsets.UTF_8);
        MessageFields fields = new MessageFields()
                .clear()
                .topic("orders".getBytes(StandardCharsets.UTF_8))
                .bornHost(HOST)
                .storeHost(HOST)
                .reconsumeTimes(reconsumeTimes)
                .body(new UnsafeBuffer(body), 0, body.length)
                .properties(MessageProperties.format(properties));
        MessageRecordEncoder encoder = new MessageRecordEncoder();
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[encoder.encodedLength(fields)]);
        encoder.encode(fields, buffer, 0);
        return new MessageRecord().wrap(buffer, 0, buffer.capacity());
    }

    private static MessageRecord read(HandBack.Copy copy) {
        return new MessageRecord()
                .wrap(
                        copy.message().buffer(),
                        copy.message().index(),
                        copy.message().length());
    }
}
