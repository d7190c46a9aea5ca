package io.ternmq.remoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientsTest {
    private BrokerFixture broker;
    private TestClient client;

    @BeforeEach
    void open(@TempDir Path folder) {
        broker = new BrokerFixture(folder);
        client = broker.connect();
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void aHeartbeatMakesTheGroupAndItsRetryTopicBeforeItIsAnswered() {
        RemotingFrame answer = client.ask(RequestCode.HEART_BEAT, Map.of(), heartbeat("me", "billing", "orders"));

        assertThat(answer.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(answer.version()).isGreaterThanOrEqualTo(413);
        assertThat(answer.get("IS_SUPPORT_HEART_BEAT_V2")).isEqualTo("true");
        assertThat(broker.shard().catalog().group("billing")).isNotNull();
        assertThat(broker.shard().catalog().topic("%RETRY%billing")).isNotNull();
        assertThat(TestClient.text(consumers("billing"))).isEqualTo("{\"consumerIdList\":[\"me\"]}");
    }

    @Test
    void membersAreToldOfOneThatComesAndOneThatGoes() {
        client.ask(RequestCode.HEART_BEAT, Map.of(), heartbeat("me", "billing", "orders"));
        client.awaitRequest(RequestCode.NOTIFY_CONSUMER_IDS_CHANGED);
        int before = client.receivedCount();
        TestClient other = broker.connect();
        other.ask(RequestCode.HEART_BEAT, Map.of(), heartbeat("other", "billing", "orders"));
        await().until(() -> client.receivedCount() == before + 1);

        other.close();
        await().until(() -> client.receivedCount() == before + 2);

        RemotingFrame told = client.request(RequestCode.NOTIFY_CONSUMER_IDS_CHANGED);
        assertThat(told.isOneway()).isTrue();
        assertThat(told.get("consumerGroup")).isEqualTo("billing");
        assertThat(TestClient.text(consumers("billing"))).doesNotContain("other");
    }

    @Test
    void whoUnregistersIsNoMember() {
        client.ask(RequestCode.HEART_BEAT, Map.of(), heartbeat("me", "billing", "orders"));

        client.ask(RequestCode.UNREGISTER_CLIENT, Map.of("clientID", "me", "consumerGroup", "billing"));

        assertThat(consumers("billing").code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
    }

    @Test
    void aPullUsesTheSubscriptionOfTheHeartbeat() {
        BrokerFixture.send(client, "orders", 0, "a", Map.of("TAGS", "red"));
        client.ask(RequestCode.HEART_BEAT, Map.of(), heartbeat("me", "billing", "orders"));
        Map<String, Object> fields = BrokerFixture.pullFields("billing", "orders", 0, 0);
        fields.put("sysFlag", 0);

        assertThat(client.ask(RequestCode.PULL_MESSAGE, fields).code()).isEqualTo(ResponseCode.SUCCESS);
    }

    @Test
    void aPullAheadOfItsHeartbeatIsGivenEverythingUnlessItsClientCannotFilter() {
        BrokerFixture.send(client, "orders", 0, "a", Map.of("TAGS", "red"));
        client.ask(RequestCode.HEART_BEAT, Map.of(), heartbeat("me", "billing", "orders"));
        Map<String, Object> fields = BrokerFixture.pullFields("billing", "orders", 0, 0);
        fields.put("sysFlag", 0);
        fields.put("subVersion", 99);

        assertThat(client.ask(RequestCode.PULL_MESSAGE, fields).code()).isEqualTo(ResponseCode.SUCCESS);
        fields.put("expressionType", "SQL92");
        assertThat(client.ask(RequestCode.PULL_MESSAGE, fields).code()).isEqualTo(ResponseCode.SUBSCRIPTION_NOT_LATEST);
    }

    @Test
    void aBodyThatIsNoJsonIsRefusedAndTheConnectionStays() {
        RemotingFrame answer = client.ask(RequestCode.HEART_BEAT, Map.of(), "{\"clientID\":");

        assertThat(answer.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(client.isEnded()).isFalse();
    }

    @Test
    void anOffsetIsCommittedAndFoundAgain() {
        BrokerFixture.send(client, "orders", 0, "a", Map.of());
        Map<String, Object> queue = Map.of("consumerGroup", "billing", "topic", "orders", "queueId", 0);

        assertThat(client.ask(RequestCode.QUERY_CONSUMER_OFFSET, queue).getLong("offset"))
                .isZero();
        client.ask(
                RequestCode.UPDATE_CONSUMER_OFFSET,
                Map.of("consumerGroup", "billing", "topic", "orders", "queueId", 0, "commitOffset", 1));
        assertThat(client.ask(RequestCode.QUERY_CONSUMER_OFFSET, queue).getLong("offset"))
                .isEqualTo(1);
    }

    @Test
    void aGroupWithoutAnOffsetIsToldSoWhereItAsksForThat() {
        BrokerFixture.send(client, "orders", 0, "a", Map.of());
        Map<String, Object> queue =
                Map.of("consumerGroup", "billing", "topic", "orders", "queueId", 0, "setZeroIfNotFound", false);

        assertThat(client.ask(RequestCode.QUERY_CONSUMER_OFFSET, queue).code()).isEqualTo(ResponseCode.QUERY_NOT_FOUND);
    }

    @Test
    void offsetsAreFoundByTime() {
        BrokerFixture.send(client, "orders", 0, "a", Map.of());
        broker.clock.advance(1_000);
        BrokerFixture.send(client, "orders", 0, "b", Map.of());

        assertThat(offsetOfTime(BrokerFixture.START_MS + 1, "lower")).isEqualTo(1);
        assertThat(offsetOfTime(BrokerFixture.START_MS + 1, "upper")).isZero();
        assertThat(offsetOfTime(BrokerFixture.START_MS + 1_001, "lower")).isEqualTo(2);
        assertThat(client.ask(RequestCode.GET_EARLIEST_MSG_STORETIME, Map.of("topic", "orders", "queueId", 0))
                        .getLong("timestamp"))
                .isEqualTo(BrokerFixture.START_MS);
        assertThat(client.ask(RequestCode.GET_MIN_OFFSET, Map.of("topic", "orders", "queueId", 0))
                        .getLong("offset"))
                .isZero();
        assertThat(client.ask(RequestCode.GET_MAX_OFFSET, Map.of("topic", "nowhere", "queueId", 0))
                        .getLong("offset"))
                .isZero();
    }

    @Test
    void aConsumerMayAskWhetherItsSubscriptionIsUnderstood() {
        String byTag = "{\"subscriptionData\":{\"topic\":\"t\",\"subString\":\"a\",\"expressionType\":\"TAG\"}}";
        String bySql = "{\"subscriptionData\":{\"topic\":\"t\",\"subString\":\"a > 1\",\"expressionType\":\"SQL92\"}}";
        String byBadSql = "{\"subscriptionData\":{\"topic\":\"t\",\"subString\":\"a >\",\"expressionType\":\"SQL92\"}}";

        assertThat(client.ask(RequestCode.CHECK_CLIENT_CONFIG, Map.of(), byTag).code())
                .isEqualTo(ResponseCode.SUCCESS);
        assertThat(client.ask(RequestCode.CHECK_CLIENT_CONFIG, Map.of(), bySql).code())
                .isEqualTo(ResponseCode.SUCCESS);
        RemotingFrame refused = client.ask(RequestCode.CHECK_CLIENT_CONFIG, Map.of(), byBadSql);
        assertThat(refused.code()).isEqualTo(ResponseCode.SUBSCRIPTION_PARSE_FAILED);
        assertThat(refused.remark()).contains("the end at 4");
    }

    static String heartbeat(String clientId, String group, String topic) {
        return "{\"clientID\":\"" + clientId + "\",\"consumerDataSet\":[{\"consumeFromWhere\":"
                + "\"CONSUME_FROM_LAST_OFFSET\",\"consumeType\":\"CONSUME_PASSIVELY\",\"groupName\":\"" + group
                + "\",\"messageModel\":\"CLUSTERING\",\"subscriptionDataSet\":[{\"classFilterMode\":false,"
                + "\"codeSet\":[],\"expressionType\":\"TAG\",\"subString\":\"*\",\"subVersion\":1,\"tagsSet\":[],"
                + "\"topic\":\"" + topic + "\"}],\"unitMode\":false}],\"heartbeatFingerprint\":0,"
                + "\"producerDataSet\":[{\"groupName\":\"CLIENT_INNER_PRODUCER\"}],\"withoutSub\":false}";
    }

    private RemotingFrame consumers(String group) {
        return client.ask(RequestCode.GET_CONSUMER_LIST_BY_GROUP, Map.of("consumerGroup", group));
    }

    private long offsetOfTime(long timeMs, String boundary) {
        return client.ask(
                        RequestCode.SEARCH_OFFSET_BY_TIMESTAMP,
                        Map.of("topic", "orders", "queueId", 0, "timestamp", timeMs, "boundaryType", boundary))
                .getLong("offset");
    }
}
