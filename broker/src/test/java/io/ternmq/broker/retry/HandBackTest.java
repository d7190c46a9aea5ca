package io.ternmq.broker.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.RetryPolicy;
import io.ternmq.broker.command.AppendRule;
import io.ternmq.broker.timer.PlaceTimer;
import io.ternmq.broker.timer.TimerKey;
import io.ternmq.broker.timer.TimerRule;
import io.ternmq.protocol.message.HostAddress;
import io.ternmq.protocol.message.MessageFields;
import io.ternmq.protocol.message.MessageProperties;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.MessageRecordEncoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class HandBackTest {
    private static final HandBack.Wish LEFT_TO_THE_BROKER = new HandBack.Wish(0, -1);
    private static final long NOW_MS = 1_700_000_000_000L;
    private static final HostAddress HOST =
            HostAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911));

    private final GroupConfig group = GroupConfig.of("g");
    private final HandBack handBack = new HandBack();

    @Test
    void theFirstFailureWaitsInTheThirdLevelForTheRetryTopic() {
        HandBack.Copy copy =
                handBack.copy(record(0, Map.of("TAGS", "red", "KEYS", "k")), group, LEFT_TO_THE_BROKER, NOW_MS);
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

        MessageRecord copied = read(handBack.copy(record(3, properties), group, LEFT_TO_THE_BROKER, NOW_MS));

        assertThat(copied.property("RETRY_TOPIC")).isEqualTo("first");
        assertThat(copied.property("ORIGIN_MESSAGE_ID")).isEqualTo("ID");
        assertThat(copied.property("DELAY")).isEqualTo("6");
    }

    @Test
    void aDelayThatIsNoLevelIsWaitedForByATimer() {
        assertThat(RetryPolicy.DELAY_MS_MAX).isEqualTo(TimerRule.DELAY_MS_MAX);
        HandBack.Copy copy = handBack.copy(
                record(0, Map.of("UNIQ_KEY", "ID", "DELAY", "3")),
                withPolicy(new RetryPolicy.Exponential(1_500, 6_000, 2)),
                LEFT_TO_THE_BROKER,
                NOW_MS);
        MessageRecord copied = read(copy);

        assertThat(copy.home().name()).isEqualTo("%RETRY%g");
        assertThat(copy.topic()).isEqualTo("%RETRY%g");
        assertThat(copy.rule()).isEqualTo(new PlaceTimer(new TimerKey("%RETRY%g", "ID", NOW_MS + 1_500)));
        assertThat(copied.topic()).isEqualTo(Names.TIMER_TOPIC);
        assertThat(copied.reconsumeTimes()).isEqualTo(1);
        assertThat(copied.property("REAL_TOPIC")).isEqualTo("%RETRY%g");
        assertThat(copied.property("TIMER_OUT_MS")).isEqualTo(Long.toString(NOW_MS + 1_500));
        assertThat(copied.property("DELAY")).isNull();
    }

    @Test
    void withoutADelayItIsGivenAgainAtOnce() {
        HandBack.Copy copy = handBack.copy(
                record(0, Map.of()), withPolicy(new RetryPolicy.Custom(List.of(0L))), LEFT_TO_THE_BROKER, NOW_MS);

        assertThat(copy.topic()).isEqualTo("%RETRY%g");
        assertThat(copy.rule()).isSameAs(AppendRule.NONE);
        assertThat(read(copy).topic()).isEqualTo("%RETRY%g");
    }

    private static GroupConfig withPolicy(RetryPolicy policy) {
        return new GroupConfig("g", true, true, false, 1, 16, true, Map.of(), policy);
    }

    @Test
    void afterTheLastRetryItIsADeadLetter() {
        HandBack.Copy copy = handBack.copy(record(16, Map.of("DELAY", "3")), group, LEFT_TO_THE_BROKER, NOW_MS);
        MessageRecord copied = read(copy);

        assertThat(copy.home().name()).isEqualTo("%DLQ%g");
        assertThat(copy.topic()).isEqualTo("%DLQ%g");
        assertThat(copied.property("DELAY")).isNull();
        assertThat(copied.property("DLQ_ORIGIN_TOPIC")).isEqualTo("orders");
        assertThat(copied.property("DLQ_ORIGIN_MESSAGE_ID")).isEqualTo(copied.property("ORIGIN_MESSAGE_ID"));
    }

    @Test
    void theConsumerMayAllowFewerRetriesOrNone() {
        assertThat(handBack.copy(record(2, Map.of()), group, new HandBack.Wish(0, 2), NOW_MS)
                        .topic())
                .isEqualTo("%DLQ%g");
        assertThat(handBack.copy(record(0, Map.of()), group, new HandBack.Wish(-1, -1), NOW_MS)
                        .topic())
                .isEqualTo("%DLQ%g");
    }

    @Test
    void aMessageThatItsConsumerSendsAgainIsExhaustedAfterTheLastRetry() {
        assertThat(ResendRule.isExhausted(group, 16, -1, false)).isFalse();
        assertThat(ResendRule.isExhausted(group, 17, -1, false)).isTrue();
        assertThat(ResendRule.isExhausted(group, 3, 2, false)).isTrue();
        assertThat(ResendRule.isExhausted(group, 2, 2, true)).isTrue();
        assertThat(ResendRule.isExhausted(group, 1, 2, true)).isFalse();
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
