package io.ternmq.remoting.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.ternmq.broker.catalog.RetryPolicy;
import io.ternmq.broker.member.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BodiesTest {
    private static final BrokerRow BROKER = new BrokerRow("c", "b", "h:1");

    @Test
    void aRouteNamesQueuesAndBrokers() {
        RouteBody route = new RouteBody(List.of(new RouteBody.QueueRow("b", 4, 3, 6)), List.of(BROKER), null);

        assertThat(text(route))
                .isEqualTo("{\"brokerDatas\":[{\"brokerAddrs\":{\"0\":\"h:1\"},\"brokerName\":\"b\",\"cluster\":\"c\","
                        + "\"enableActingMaster\":false}],\"filterServerTable\":{},\"queueDatas\":[{\"brokerName\":\"b\","
                        + "\"perm\":6,\"readQueueNums\":4,\"topicSysFlag\":0,\"writeQueueNums\":3}]}");
        assertThat(text(new RouteBody(List.of(), List.of(), "b:4"))).contains("\"orderTopicConf\":\"b:4\"");
    }

    @Test
    void aClusterListsItsBrokers() {
        assertThat(text(new ClusterBody(List.of(BROKER))))
                .contains("\"brokerAddrTable\":{\"b\":{", "\"clusterAddrTable\":{\"c\":[\"b\"]}");
    }

    @Test
    void namesAreSorted() {
        assertThat(text(NameListBody.topics(List.of("b", "a"), "h:1")))
                .isEqualTo("{\"brokerAddr\":\"h:1\",\"topicList\":[\"a\",\"b\"]}");
        assertThat(text(NameListBody.groups(List.of("g")))).isEqualTo("{\"groupList\":[\"g\"]}");
    }

    @Test
    void queuesAreKeysAsObjects() {
        OffsetTableBody table = new OffsetTableBody(Map.of(new QueueName("t", "b", 1), 5L));

        assertThat(text(table)).isEqualTo("{\"offsetTable\":{{\"brokerName\":\"b\",\"queueId\":1,\"topic\":\"t\"}:5}}");
        assertThat(text(table.asList()))
                .isEqualTo("{\"offsetTable\":[{\"brokerName\":\"b\",\"offset\":5,\"queueId\":1,\"topic\":\"t\"}]}");
    }

    @Test
    void lagIsWhatIsNotConsumed() {
        ConsumeStatsBody stats = new ConsumeStatsBody(Map.of(
                new QueueName("t", "b", 0), new ConsumeStatsBody.Progress(10, 4, 4, 7),
                new QueueName("t", "b", 1), new ConsumeStatsBody.Progress(3, 3, 3, 7)));

        assertThat(stats.lag()).isEqualTo(6);
        assertThat(text(new ConsumeStatsListBody("h:1", Map.of("g", List.of(stats)))))
                .contains("\"totalDiff\":6", "\"consumeStatsList\":[{\"g\":[{");
    }

    @Test
    void aGroupIsReadAsItWasWritten() {
        GroupRow group = new GroupRow("g", false, false, true, 2, 3, false, Map.of("a", "1"), RetryPolicy.CLASSIC);

        assertThat(GroupRow.parse(Unpooled.wrappedBuffer(group.toBytes()))).isEqualTo(group);
        String list = "{\"groupConfigList\":[" + text(group) + "]}";
        assertThat(GroupRow.parseList(HeartbeatBodyTest.bytes(list))).containsExactly(group);
    }

    static Stream<RetryPolicy> everyRetryPolicy() {
        return Stream.of(
                RetryPolicy.CLASSIC,
                new RetryPolicy.Exponential(1_000, 60_000, 3),
                new RetryPolicy.Custom(List.of(1_000L, 2_000L)));
    }

    @ParameterizedTest
    @MethodSource("everyRetryPolicy")
    void aRetryPolicyIsReadAsItWasWritten(RetryPolicy policy) {
        GroupRow group = new GroupRow("g", true, true, false, 1, 16, true, Map.of(), policy);

        assertThat(GroupRow.parse(Unpooled.wrappedBuffer(group.toBytes())).retryPolicy())
                .isEqualTo(policy);
    }

    @Test
    void whatARetryPolicyLeavesOutIsAsInRocketMq() {
        assertThat(retryPolicy("{\"type\":\"EXPONENTIAL\",\"exponentialRetryPolicy\":{}}"))
                .isEqualTo(new RetryPolicy.Exponential(5_000, 7_200_000, 2));
        assertThat(retryPolicy("{\"type\":\"EXPONENTIAL\"}")).isEqualTo(RetryPolicy.CLASSIC);
        assertThat(retryPolicy("{}")).isEqualTo(RetryPolicy.CLASSIC);
        assertThat(GroupRow.parse(HeartbeatBodyTest.bytes("{\"groupName\":\"g\"}"))
                        .retryPolicy())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"type\":\"LINEAR\"} | type: 'LINEAR' (expected: EXPONENTIAL or CUSTOMIZED)",
                "{\"customizedRetryPolicy\":{\"next\":[]}} | next: 0 delays (expected: 1..256)",
                "{\"customizedRetryPolicy\":{\"next\":[-1]}} | next: -1 (expected: milliseconds, 0..315619200000)",
                "{\"type\":\"EXPONENTIAL\",\"exponentialRetryPolicy\":{\"multiplier\":0}} | multiplier: 0"
            })
    void aRetryPolicyThatCannotBeIsRefused(String policy, String reason) {
        assertThatThrownBy(() -> retryPolicy(policy))
                .isInstanceOf(BodyFormatException.class)
                .hasMessageContaining("groupRetryPolicy: ")
                .hasMessageContaining(reason);
    }

    private static RetryPolicy retryPolicy(String json) {
        return GroupRow.parse(HeartbeatBodyTest.bytes("{\"groupName\":\"g\",\"groupRetryPolicy\":" + json + "}"))
                .retryPolicy();
    }

    @Test
    void aTopicIsReadAsItWasWritten() {
        TopicRow topic = new TopicRow("t", 2, 3, 4, true, Map.of("a", "1"));

        assertThat(TopicRow.parseList(HeartbeatBodyTest.bytes("{\"topicConfigList\":[" + text(topic) + "]}")))
                .containsExactly(topic);
    }

    @Test
    void aSubscriptionIsReadAsItWasWritten() {
        Subscription subscription = Subscription.parse("t", "TAG", "a || b", 9);
        String body = text(new SubscriptionBody("g", "t", subscription));

        Subscription read = Objects.requireNonNull(
                ClientCheckBody.parse(HeartbeatBodyTest.bytes(body)).subscription());

        assertThat(read).hasToString(subscription.toString());
        assertThat(text(new SubscriptionBody("g", "t", null))).isEqualTo("{\"group\":\"g\",\"topic\":\"t\"}");
    }

    @Test
    void aTableIsCutOutOfWhatAMemberSaid() {
        assertThat(ConsumerStatusBody.tableOf("{\"messageQueueTable\":{{\"t\":\"a\\\"}{\"}:7},\"x\":{}}"))
                .isEqualTo("{{\"t\":\"a\\\"}{\"}:7}");
        assertThat(ConsumerStatusBody.tableOf("{}")).isEqualTo("{}");
        assertThatThrownBy(() -> ConsumerStatusBody.tableOf("{\"messageQueueTable\":{{"))
                .isInstanceOf(BodyFormatException.class);
    }

    @Test
    void namesWithQuotesStayNames() {
        assertThat(text(NameListBody.consumerIds(List.of("a\"b\\"))))
                .isEqualTo("{\"consumerIdList\":[\"a\\\"b\\\\\"]}");
    }

    private static String text(JsonBody body) {
        return new String(body.toBytes(), StandardCharsets.UTF_8);
    }
}
