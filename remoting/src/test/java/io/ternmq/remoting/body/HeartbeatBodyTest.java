package io.ternmq.remoting.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.ternmq.broker.member.ConsumerKind;
import io.ternmq.broker.member.Subscription;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeartbeatBodyTest {
    private static final String SAMPLE = """
            {"clientID":"10.0.0.1@7#1","consumerDataSet":[{"consumeFromWhere":"CONSUME_FROM_TIMESTAMP",
            "consumeType":"CONSUME_ACTIVELY","groupName":"billing","messageModel":"BROADCASTING",
            "subscriptionDataSet":[{"classFilterMode":false,"codeSet":[112785,3027034],"expressionType":"TAG",
            "subString":"red || blue","subVersion":1700000000123,"tagsSet":["red","blue"],"topic":"orders"},
            {"subString":"*","topic":"%RETRY%billing"}],"unitMode":false}],"heartbeatFingerprint":-17,
            "producerDataSet":[{"groupName":"shop"},{"groupName":"CLIENT_INNER_PRODUCER"}],"withoutSub":true,
            "somethingNew":{"a":[1,{"b":2}]}}""";

    @Test
    void aJavaClientsHeartbeatIsUnderstood() {
        HeartbeatBody heartbeat = HeartbeatBody.parse(bytes(SAMPLE));

        assertThat(heartbeat.clientId()).isEqualTo("10.0.0.1@7#1");
        assertThat(heartbeat.fingerprint()).isEqualTo(-17);
        assertThat(heartbeat.abridged()).isTrue();
        assertThat(heartbeat.producerGroups()).containsExactly("shop", "CLIENT_INNER_PRODUCER");
        HeartbeatBody.Consumer consumer = heartbeat.consumers().get(0);
        assertThat(consumer.group()).isEqualTo("billing");
        assertThat(consumer.kind())
                .isEqualTo(new ConsumerKind(
                        ConsumerKind.Fetch.PULL, ConsumerKind.Sharing.BROADCASTING, ConsumerKind.Start.TIME));
        Subscription subscription = consumer.subscriptions().get(0);
        assertThat(subscription.topic()).isEqualTo("orders");
        assertThat(subscription.tags()).containsExactly("blue", "red");
        assertThat(subscription.version()).isEqualTo(1_700_000_000_123L);
        assertThat(consumer.subscriptions()).hasSize(2);
    }

    @Test
    void whatIsNotSaidHasTheUsualMeaning() {
        HeartbeatBody heartbeat = HeartbeatBody.parse(
                bytes("{\"clientID\":\"me\",\"consumerDataSet\":[{\"groupName\":\"g\"}],\"producerDataSet\":null}"));

        assertThat(heartbeat.consumers().get(0).kind()).isEqualTo(ConsumerKind.DEFAULT);
        assertThat(heartbeat.producerGroups()).isEmpty();
        assertThat(heartbeat.fingerprint()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"clientID\":\"me\",\"consumerDataSet\":{}}",
                "{\"clientID\":\"me\",\"consumerDataSet\":[1]}",
                "{\"clientID\":\"me\",\"producerDataSet\":[[]]}",
                "{\"clientID\":\"me\",\"x\":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}"
            })
    void whatIsNoHeartbeatIsRefused(String text) {
        assertThatThrownBy(() -> HeartbeatBody.parse(bytes(text))).isInstanceOf(BodyFormatException.class);
    }

    static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }
}
