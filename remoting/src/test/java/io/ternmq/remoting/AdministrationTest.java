package io.ternmq.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.protocol.message.MessageRecordLayout;
import io.ternmq.protocol.message.OffsetMessageId;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdministrationTest {
    @TempDir
    Path folder;

    private BrokerFixture broker;
    private TestClient client;

    @BeforeEach
    void open() {
        broker = new BrokerFixture(folder);
        client = broker.connect();
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void aTopicIsMadeChangedShownListedAndDeleted() {
        assertThat(putTopic("orders", 2, "+message.type=NORMAL").code()).isEqualTo(ResponseCode.SUCCESS);
        putTopic("orders", 3, "+other=1");

        String shown = TestClient.text(client.ask(RequestCode.GET_TOPIC_CONFIG, Map.of("topic", "orders")));
        assertThat(shown).contains("\"readQueueNums\":3", "\"message.type\":\"NORMAL\"", "\"other\":\"1\"");
        assertThat(text(RequestCode.GET_ALL_TOPIC_LIST_FROM_NAMESERVER)).contains("\"orders\"", "\"TBW102\"");
        assertThat(text(RequestCode.GET_ALL_TOPIC_CONFIG)).contains("\"orders\":{");
        client.ask(RequestCode.DELETE_TOPIC_IN_BROKER, Map.of("topic", "orders"));
        assertThat(client.ask(RequestCode.GET_TOPIC_CONFIG, Map.of("topic", "orders"))
                        .code())
                .isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
    }

    @Test
    void severalTopicsAreMadeByOneRequest() {
        String body = "{\"topicConfigList\":[{\"topicName\":\"a\",\"readQueueNums\":1,\"writeQueueNums\":1,\"perm\":6},"
                + "{\"topicName\":\"b\",\"readQueueNums\":2,\"writeQueueNums\":2,\"perm\":4,\"order\":true}]}";

        assertThat(client.ask(RequestCode.UPDATE_AND_CREATE_TOPIC_LIST, Map.of(), body)
                        .code())
                .isEqualTo(ResponseCode.SUCCESS);
        assertThat(broker.shard().catalog().topic("b").config().ordered()).isTrue();
    }

    @Test
    void aWrongTopicIsRefusedWithAReason() {
        assertThat(putTopic("no name!", 2, "").code()).isEqualTo(ResponseCode.INVALID_PARAMETER);
        assertThat(putTopic("TBW102", 2, "").code()).isEqualTo(ResponseCode.INVALID_PARAMETER);
        assertThat(putTopic("orders", 0, "").remark()).contains("readQueues", "0");
        assertThat(client.ask(RequestCode.DELETE_TOPIC_IN_BROKER, Map.of("topic", "TBW102"))
                        .code())
                .isEqualTo(ResponseCode.INVALID_PARAMETER);
    }

    @Test
    void aGroupIsMadeShownListedAndDeleted() {
        String body = "{\"groupName\":\"billing\",\"retryMaxTimes\":3,\"retryQueueNums\":2,\"consumeEnable\":true,"
                + "\"notifyConsumerIdsChangedEnable\":true,\"consumeBroadcastEnable\":false}";

        client.ask(RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP, Map.of(), body);

        assertThat(TestClient.text(client.ask(RequestCode.GET_SUBSCRIPTIONGROUP_CONFIG, Map.of("group", "billing"))))
                .contains("\"retryMaxTimes\":3", "\"retryQueueNums\":2", "\"consumeBroadcastEnable\":false");
        assertThat(text(RequestCode.GET_ALL_SUBSCRIPTIONGROUP_CONFIG)).contains("\"billing\":{");
        client.ask(RequestCode.DELETE_SUBSCRIPTIONGROUP, Map.of("groupName", "billing", "cleanOffset", true));
        assertThat(client.ask(RequestCode.GET_SUBSCRIPTIONGROUP_CONFIG, Map.of("group", "billing"))
                        .code())
                .isEqualTo(ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST);
    }

    @Test
    void aGroupIsResetByTimeWhereItsMembersAreToldToo() {
        BrokerFixture.send(client, "orders", 0, "a", Map.of());
        broker.clock.advance(1_000);
        BrokerFixture.send(client, "orders", 0, "b", Map.of());
        TestClient member = broker.connect();
        member.ask(RequestCode.HEART_BEAT, Map.of(), ClientsTest.heartbeat("me", "billing", "orders"));
        commit(0, 2);

        RemotingFrame answer = client.ask(
                RequestCode.INVOKE_BROKER_TO_RESET_OFFSET,
                Map.of(
                        "topic",
                        "orders",
                        "group",
                        "billing",
                        "timestamp",
                        BrokerFixture.START_MS + 1,
                        "isForce",
                        true));

        assertThat(answer.code()).isEqualTo(ResponseCode.SUCCESS);
        String table = "{\"brokerName\":\"broker-a\",\"queueId\":0,\"topic\":\"orders\"}:1";
        assertThat(TestClient.text(answer)).startsWith("{\"offsetTable\":{" + table);
        RemotingFrame told = member.awaitRequest(RequestCode.RESET_CONSUMER_CLIENT_OFFSET);
        assertThat(told.get("group")).isEqualTo("billing");
        assertThat(TestClient.text(told)).contains(table);
        assertThat(client.ask(
                                RequestCode.QUERY_CONSUMER_OFFSET,
                                Map.of("consumerGroup", "billing", "topic", "orders", "queueId", 0))
                        .getLong("offset"))
                .isEqualTo(1);
    }

    @Test
    void withoutForceAResetDoesNotSkipMessages() {
        BrokerFixture.send(client, "orders", 0, "a", Map.of());
        client.ask(RequestCode.HEART_BEAT, Map.of(), ClientsTest.heartbeat("me", "billing", "orders"));
        commit(0, 0);

        RemotingFrame answer = client.ask(
                RequestCode.INVOKE_BROKER_TO_RESET_OFFSET,
                Map.of("topic", "orders", "group", "billing", "timestamp", -1, "isForce", false));

        assertThat(TestClient.text(answer)).contains("\"queueId\":0,\"topic\":\"orders\"}:0");
    }

    @Test
    void aQuestionToAConsumerIsPassedOnAndItsAnswerBack() {
        TestClient member = broker.connect();
        member.ask(RequestCode.HEART_BEAT, Map.of(), ClientsTest.heartbeat("me", "billing", "orders"));
        int asked = client.send(
                RequestCode.GET_CONSUMER_RUNNING_INFO,
                Map.of("consumerGroup", "billing", "clientId", "me", "jstackEnable", false),
                new byte[0]);

        RemotingFrame question = member.awaitRequest(RequestCode.GET_CONSUMER_RUNNING_INFO);
        member.reply(question, ResponseCode.SUCCESS, "{\"properties\":{}}");

        assertThat(question.get("jstackEnable")).isEqualTo("false");
        assertThat(TestClient.text(client.awaitAnswer(asked))).isEqualTo("{\"properties\":{}}");
    }

    @Test
    void membersAreAskedHowFarTheyAre() {
        TestClient member = broker.connect();
        member.ask(RequestCode.HEART_BEAT, Map.of(), ClientsTest.heartbeat("me", "billing", "orders"));
        int asked = client.send(
                RequestCode.INVOKE_BROKER_TO_GET_CONSUMER_STATUS,
                Map.of("topic", "orders", "group", "billing"),
                new byte[0]);

        RemotingFrame question = member.awaitRequest(RequestCode.GET_CONSUMER_STATUS_FROM_CLIENT);
        member.reply(question, ResponseCode.SUCCESS, "{\"messageQueueTable\":{{\"topic\":\"}{\"}:7}}");

        assertThat(TestClient.text(client.awaitAnswer(asked)))
                .contains("\"consumerTable\":{\"me\":{{\"topic\":\"}{\"}:7}}");
    }

    @Test
    void progressIsShown() {
        BrokerFixture.send(client, "orders", 0, "a", Map.of());
        client.ask(RequestCode.HEART_BEAT, Map.of(), ClientsTest.heartbeat("me", "billing", "orders"));
        commit(0, 1);

        assertThat(TestClient.text(client.ask(RequestCode.GET_CONSUME_STATS, Map.of("consumerGroup", "billing"))))
                .contains("{\"brokerOffset\":1,\"consumerOffset\":1,\"lastTimestamp\":" + BrokerFixture.START_MS);
        assertThat(TestClient.text(client.ask(RequestCode.GET_TOPIC_STATS_INFO, Map.of("topic", "orders"))))
                .contains("{\"lastUpdateTimestamp\":" + BrokerFixture.START_MS + ",\"maxOffset\":1,\"minOffset\":0}");
        assertThat(TestClient.text(client.ask(RequestCode.QUERY_TOPIC_CONSUME_BY_WHO, Map.of("topic", "orders"))))
                .isEqualTo("{\"groupList\":[\"billing\"]}");
        assertThat(TestClient.text(client.ask(RequestCode.QUERY_TOPICS_BY_CONSUMER, Map.of("group", "billing"))))
                .contains("\"orders\"");
        assertThat(TestClient.text(
                        client.ask(RequestCode.QUERY_CONSUME_TIME_SPAN, Map.of("topic", "orders", "group", "billing"))))
                .contains("\"consumeTimeStamp\":" + BrokerFixture.START_MS, "\"delayTime\":0");
        assertThat(text(RequestCode.GET_ALL_CONSUMER_OFFSET)).contains("\"orders@billing\":{\"0\":1}");
        assertThat(TestClient.text(client.ask(RequestCode.GET_BROKER_CONSUME_STATS, Map.of("isOrder", false))))
                .contains("\"billing\":[", "\"totalDiff\":0");
        assertThat(TestClient.text(client.ask(RequestCode.QUERY_CORRECTION_OFFSET, Map.of("topic", "orders"))))
                .isEqualTo("{\"correctionOffsets\":{\"0\":1}}");
    }

    @Test
    void oneGroupGoesOnWhereAnotherIs() {
        BrokerFixture.send(client, "orders", 0, "a", Map.of());
        commit(0, 1);

        client.ask(RequestCode.CLONE_GROUP_OFFSET, Map.of("srcGroup", "billing", "destGroup", "audit"));

        assertThat(client.ask(
                                RequestCode.QUERY_CONSUMER_OFFSET,
                                Map.of("consumerGroup", "audit", "topic", "orders", "queueId", 0))
                        .getLong("offset"))
                .isEqualTo(1);
    }

    @Test
    void connectionsAreShown() {
        client.ask(RequestCode.HEART_BEAT, Map.of(), ClientsTest.heartbeat("me", "billing", "orders"));

        assertThat(TestClient.text(
                        client.ask(RequestCode.GET_CONSUMER_CONNECTION_LIST, Map.of("consumerGroup", "billing"))))
                .contains("\"clientAddr\":\"127.0.0.1:" + client.port(), "CONSUME_PASSIVELY", "\"orders\":{");
        assertThat(TestClient.text(client.ask(
                        RequestCode.GET_PRODUCER_CONNECTION_LIST, Map.of("producerGroup", "CLIENT_INNER_PRODUCER"))))
                .contains("\"clientId\":\"me\"");
        assertThat(text(RequestCode.GET_ALL_PRODUCER_INFO)).contains("\"remoteIP\":\"127.0.0.1:" + client.port());
        assertThat(client.ask(RequestCode.GET_CONSUMER_CONNECTION_LIST, Map.of("consumerGroup", "nobody"))
                        .code())
                .isEqualTo(ResponseCode.CONSUMER_NOT_ONLINE);
    }

    @Test
    void settingsAreKeptByNamespace() {
        Map<String, Object> key = Map.of("namespace", "ORDER_TOPIC_CONFIG", "key", "orders");
        assertThat(client.ask(RequestCode.GET_KV_CONFIG, key).code()).isEqualTo(ResponseCode.QUERY_NOT_FOUND);
        client.ask(
                RequestCode.PUT_KV_CONFIG,
                Map.of("namespace", "ORDER_TOPIC_CONFIG", "key", "orders", "value", "broker-a:4"));

        assertThat(client.ask(RequestCode.GET_KV_CONFIG, key).get("value")).isEqualTo("broker-a:4");
        assertThat(TestClient.text(
                        client.ask(RequestCode.GET_KVLIST_BY_NAMESPACE, Map.of("namespace", "ORDER_TOPIC_CONFIG"))))
                .isEqualTo("{\"table\":{\"orders\":\"broker-a:4\"}}");
        client.ask(RequestCode.DELETE_KV_CONFIG, key);
        assertThat(client.ask(RequestCode.GET_KV_CONFIG, key).code()).isEqualTo(ResponseCode.QUERY_NOT_FOUND);
    }

    @Test
    void theBrokerTellsHowItIsDoing() {
        assertThat(text(RequestCode.GET_BROKER_RUNTIME_INFO)).contains("\"brokerActive\":\"true\"", "\"putTps\":");
        assertThat(text(RequestCode.GET_BROKER_CONFIG)).contains("brokerName=broker-a");
        assertThat(text(RequestCode.GET_BROKER_CLUSTER_INFO)).contains("\"DefaultCluster\":[\"broker-a\"]");
        assertThat(client.ask(RequestCode.UPDATE_BROKER_CONFIG, Map.of(), "a=b").code())
                .isEqualTo(ResponseCode.NO_PERMISSION);
    }

    @Test
    void theBrokerTellsOfDamageInItsLog() throws IOException {
        long position = OffsetMessageId.decode(BrokerFixture.send(client, "orders", 0, "to be damaged", Map.of())
                        .get("msgId"))
                .position();
        assertThat(text(RequestCode.GET_BROKER_RUNTIME_INFO)).contains("\"logDamageCount\":\"0\"");
        try (FileChannel log = FileChannel.open(
                folder.resolve("log/00000000000000000000.log"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer flag = ByteBuffer.allocate(1);
            log.read(flag, position + MessageRecordLayout.FLAG);
            flag.put(0, (byte) (flag.get(0) ^ 1)).rewind();
            log.write(flag, position + MessageRecordLayout.FLAG);
        }
        assertThat(client.ask(RequestCode.VIEW_MESSAGE_BY_ID, Map.of("offset", position))
                        .code())
                .isNotEqualTo(ResponseCode.SUCCESS);
        assertThat(text(RequestCode.GET_BROKER_RUNTIME_INFO)).contains("\"logDamageCount\":\"1\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DefaultCluster", "broker-a"})
    void theClusterAndTheBrokerHaveRoutesForThoseWhoMakeTopics(String name) {
        assertThat(client.ask(RequestCode.GET_ROUTEINFO_BY_TOPIC, Map.of("topic", name))
                        .code())
                .isEqualTo(ResponseCode.SUCCESS);
    }

    @Test
    void everyPortAnswersEveryRequest() {
        assertThat(broker.server().addresses())
                .extracting(address -> broker.server().brokerPort() - address.getPort())
                .containsExactlyInAnyOrder(0, 2);
        broker.server().addresses().forEach(address -> {
            try (TestClient other = new TestClient(address)) {
                assertThat(other.ask(RequestCode.GET_BROKER_CLUSTER_INFO, Map.of())
                                .code())
                        .isEqualTo(ResponseCode.SUCCESS);
            }
        });
    }

    private RemotingFrame putTopic(String name, int queues, String attributes) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("topic", name);
        fields.put("defaultTopic", "TBW102");
        fields.put("readQueueNums", queues);
        fields.put("writeQueueNums", queues);
        fields.put("perm", 6);
        fields.put("topicFilterType", "SINGLE_TAG");
        fields.put("topicSysFlag", 0);
        fields.put("order", false);
        fields.put("attributes", attributes);
        return client.ask(RequestCode.UPDATE_AND_CREATE_TOPIC, fields);
    }

    private void commit(int queueId, long offset) {
        client.ask(
                RequestCode.UPDATE_CONSUMER_OFFSET,
                Map.of("consumerGroup", "billing", "topic", "orders", "queueId", queueId, "commitOffset", offset));
    }

    private String text(int code) {
        return TestClient.text(client.ask(code, Map.of()));
    }
}
