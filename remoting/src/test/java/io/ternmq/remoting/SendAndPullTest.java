package io.ternmq.remoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.ternmq.broker.access.CreationRules;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.OffsetMessageId;
import io.ternmq.protocol.remoting.FrameBody;
import io.ternmq.protocol.remoting.HeaderFormat;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SendAndPullTest {
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

    @ParameterizedTest
    @EnumSource(HeaderFormat.class)
    void aSentMessageIsPulledAsItWasSent(HeaderFormat format) {
        client.speaking(format);

        RemotingFrame sent = BrokerFixture.send(
                client, "orders", 1, "paid", Map.of("TAGS", "blue", "KEYS", "k1 k2", "UNIQ_KEY", "U1", "own", "x"));
        RemotingFrame pulled = client.ask(RequestCode.PULL_MESSAGE, BrokerFixture.pullFields("g", "orders", 1, 0));

        assertThat(sent.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(sent.getInt("queueId")).isEqualTo(1);
        assertThat(sent.getLong("queueOffset")).isZero();
        assertThat(sent.get("transactionId")).isEqualTo("U1");
        assertThat(pulled.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(pulled.getLong("nextBeginOffset")).isEqualTo(1);
        assertThat(pulled.getLong("minOffset")).isZero();
        assertThat(pulled.getLong("maxOffset")).isEqualTo(1);
        assertThat(pulled.getLong("suggestWhichBrokerId")).isZero();
        MessageRecord record = records(pulled).get(0);
        assertThat(record.topic()).isEqualTo("orders");
        assertThat(record.queueId()).isEqualTo(1);
        assertThat(record.flag()).isEqualTo(7);
        assertThat(new String(record.body(), StandardCharsets.UTF_8)).isEqualTo("paid");
        assertThat(record.bodyCrcMatches()).isTrue();
        assertThat(record.property("own")).isEqualTo("x");
        assertThat(record.bornHost().port()).isEqualTo(client.port());
        assertThat(record.storeHost().port()).isEqualTo(broker.server().brokerPort());
        assertThat(OffsetMessageId.decode(sent.getRequired("msgId")).position()).isEqualTo(record.position());
    }

    @Test
    void aTopicMadeByASendHasItsTemplatesQueuesAndIsInTheRouteAtOnce() {
        BrokerFixture.send(client, "orders", 0, "m", Map.of());

        String route = TestClient.text(client.ask(RequestCode.GET_ROUTEINFO_BY_TOPIC, Map.of("topic", "orders")));

        assertThat(route)
                .contains(
                        "\"readQueueNums\":4",
                        "\"writeQueueNums\":4",
                        "\"perm\":6",
                        "127.0.0.1:" + broker.server().brokerPort());
    }

    @Test
    void whereTopicsAreNotMadeByASendItIsRefused(@TempDir Path other) {
        RemotingSettings settings =
                RemotingSettings.of(BrokerFixture.HOST, 0, 0).withCreation(new CreationRules(false, true));
        try (BrokerFixture strict = new BrokerFixture(other, settings)) {
            TestClient strictClient = strict.connect();

            assertThat(BrokerFixture.send(strictClient, "orders", 0, "m", Map.of())
                            .code())
                    .isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
            assertThat(strictClient
                            .ask(RequestCode.GET_ROUTEINFO_BY_TOPIC, Map.of("topic", "TBW102"))
                            .code())
                    .isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
        }
    }

    @Test
    void whatCannotBeSentIsRefusedWithAReason() {
        BrokerFixture.send(client, "orders", 0, "m", Map.of());

        assertThat(BrokerFixture.send(client, "orders", 4, "m", Map.of()).code())
                .isEqualTo(ResponseCode.INVALID_PARAMETER);
        assertThat(BrokerFixture.send(client, "no such name!", 0, "m", Map.of()).code())
                .isEqualTo(ResponseCode.INVALID_PARAMETER);
        assertThat(BrokerFixture.send(client, "SCHEDULE_TOPIC_XXXX", 0, "m", Map.of())
                        .code())
                .isEqualTo(ResponseCode.NO_PERMISSION);
    }

    @Test
    void aSendWithoutARequiredFieldIsAnsweredWithItsName() {
        RemotingFrame answer = client.ask(RequestCode.SEND_MESSAGE_V2, Map.of("b", "orders"));

        assertThat(answer.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(answer.remark()).contains("producerGroup", "missing");
    }

    @Test
    void aBatchBecomesMessagesInOrderWithOneIdEach() {
        Map<String, Object> fields = BrokerFixture.sendFields("orders", 2, Map.of());
        fields.put("m", true);

        RemotingFrame sent =
                client.ask(RequestCode.SEND_BATCH_MESSAGE, fields, BatchBytes.of(List.of("one", "two", "three")));
        RemotingFrame pulled = client.ask(RequestCode.PULL_MESSAGE, BrokerFixture.pullFields("g", "orders", 2, 0));

        assertThat(sent.getRequired("msgId").split(",")).hasSize(3);
        assertThat(sent.getLong("queueOffset")).isZero();
        assertThat(records(pulled))
                .extracting(record -> new String(record.body(), StandardCharsets.UTF_8))
                .containsExactly("one", "two", "three");
    }

    @Test
    void aMalformedBatchIsRefusedAndTheConnectionStays() {
        Map<String, Object> fields = BrokerFixture.sendFields("orders", 0, Map.of());
        BrokerFixture.send(client, "orders", 0, "m", Map.of());

        assertThat(client.ask(RequestCode.SEND_BATCH_MESSAGE, fields, new byte[] {0, 0, 0, 9, 1})
                        .code())
                .isEqualTo(ResponseCode.MESSAGE_ILLEGAL);
        assertThat(client.isEnded()).isFalse();
    }

    @Test
    void aOnewaySendIsStoredAndNotAnswered() {
        BrokerFixture.send(client, "orders", 0, "first", Map.of());
        client.tell(RequestCode.SEND_MESSAGE_V2, BrokerFixture.sendFields("orders", 0, Map.of()), new byte[] {1});
        await().until(() -> client.ask(RequestCode.GET_MAX_OFFSET, Map.of("topic", "orders", "queueId", 0))
                        .getLong("offset")
                == 2);

        assertThat(client.answer(2)).isNull();
    }

    @Test
    void aPullWaitsUntilItsMessageComes() {
        BrokerFixture.send(client, "orders", 0, "first", Map.of());
        Map<String, Object> fields = BrokerFixture.pullFields("g", "orders", 0, 1);
        fields.put("sysFlag", 4 | 2);

        int waiting = client.send(RequestCode.PULL_MESSAGE, fields, new byte[0]);
        client.ask(RequestCode.GET_MAX_OFFSET, Map.of("topic", "orders", "queueId", 0));
        assertThat(client.answer(waiting)).isNull();
        BrokerFixture.send(client, "orders", 0, "second", Map.of());
        await().until(() -> client.answer(waiting) != null);

        assertThat(client.answer(waiting).code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(records(client.answer(waiting))).hasSize(1);
    }

    @Test
    void aPullThatWaitedInVainIsAnsweredWithItsOwnOffset() {
        BrokerFixture.send(client, "orders", 0, "first", Map.of());
        Map<String, Object> fields = BrokerFixture.pullFields("g", "orders", 0, 1);
        fields.put("sysFlag", 4 | 2);

        int waiting = client.send(RequestCode.PULL_MESSAGE, fields, new byte[0]);
        await().until(() -> {
            broker.clock.advance(1_000);
            return client.answer(waiting) != null;
        });

        assertThat(client.answer(waiting).code()).isEqualTo(ResponseCode.PULL_NOT_FOUND);
        assertThat(client.answer(waiting).getLong("nextBeginOffset")).isEqualTo(1);
    }

    @Test
    void aPullOutsideOfTheQueueIsMovedIntoIt() {
        BrokerFixture.send(client, "orders", 0, "first", Map.of());

        RemotingFrame behind = client.ask(RequestCode.PULL_MESSAGE, BrokerFixture.pullFields("g", "orders", 0, 9));

        assertThat(behind.code()).isEqualTo(ResponseCode.PULL_OFFSET_MOVED);
        assertThat(behind.getLong("nextBeginOffset")).isEqualTo(1);
    }

    @Test
    void aFilterPassesItsTagsAndSaysHowFarItLooked() {
        BrokerFixture.send(client, "orders", 0, "a", Map.of("TAGS", "red"));
        BrokerFixture.send(client, "orders", 0, "b", Map.of("TAGS", "blue"));
        BrokerFixture.send(client, "orders", 0, "c", Map.of());
        Map<String, Object> blue = BrokerFixture.pullFields("g", "orders", 0, 0);
        blue.put("subscription", "blue || green");
        Map<String, Object> green = BrokerFixture.pullFields("g", "orders", 0, 0);
        green.put("subscription", "green");

        RemotingFrame found = client.ask(RequestCode.PULL_MESSAGE, blue);
        RemotingFrame nothing = client.ask(RequestCode.PULL_MESSAGE, green);

        assertThat(records(found)).hasSize(1);
        assertThat(found.getLong("nextBeginOffset")).isEqualTo(3);
        assertThat(nothing.code()).isEqualTo(ResponseCode.PULL_RETRY_IMMEDIATELY);
        assertThat(nothing.getLong("nextBeginOffset")).isEqualTo(3);
    }

    @Test
    void aPullWithoutASubscriptionIsToldSo() {
        BrokerFixture.send(client, "orders", 0, "a", Map.of());
        Map<String, Object> fields = BrokerFixture.pullFields("g", "orders", 0, 0);
        fields.put("sysFlag", 0);

        assertThat(client.ask(RequestCode.PULL_MESSAGE, fields).code()).isEqualTo(ResponseCode.SUBSCRIPTION_NOT_EXIST);
    }

    @Test
    void aDelayedMessageComesWhenItIsDue() {
        BrokerFixture.send(client, "orders", 0, "now", Map.of());
        RemotingFrame sent = BrokerFixture.send(client, "orders", 0, "later", Map.of("DELAY", "1"));
        Map<String, Object> fields = BrokerFixture.pullFields("g", "orders", 0, 1);

        assertThat(sent.getInt("queueId")).isZero();
        assertThat(client.ask(RequestCode.PULL_MESSAGE, fields).code()).isEqualTo(ResponseCode.PULL_NOT_FOUND);
        await().until(() -> {
            broker.clock.advance(1_000);
            return client.ask(RequestCode.PULL_MESSAGE, fields).code() == ResponseCode.SUCCESS;
        });
    }

    @Test
    void aMessageHandedBackComesAgainInTheRetryTopicAndAtLastAsADeadLetter() {
        heartbeat("g");
        RemotingFrame sent = BrokerFixture.send(client, "orders", 0, "poison", Map.of("TAGS", "t"));
        long position = OffsetMessageId.decode(sent.getRequired("msgId")).position();

        Map<String, Object> again = Map.of("group", "g", "offset", position, "delayLevel", 1, "originTopic", "orders");
        assertThat(client.ask(RequestCode.CONSUMER_SEND_MSG_BACK, again).code()).isEqualTo(ResponseCode.SUCCESS);
        Map<String, Object> retries = BrokerFixture.pullFields("g", "%RETRY%g", 0, 0);
        await().until(() -> {
            broker.clock.advance(1_000);
            return client.ask(RequestCode.PULL_MESSAGE, retries).code() == ResponseCode.SUCCESS;
        });
        MessageRecord retried =
                records(client.ask(RequestCode.PULL_MESSAGE, retries)).get(0);
        assertThat(retried.reconsumeTimes()).isEqualTo(1);
        assertThat(retried.property("RETRY_TOPIC")).isEqualTo("orders");

        Map<String, Object> never =
                Map.of("group", "g", "offset", retried.position(), "delayLevel", -1, "originTopic", "orders");
        assertThat(client.ask(RequestCode.CONSUMER_SEND_MSG_BACK, never).code()).isEqualTo(ResponseCode.SUCCESS);
        MessageRecord dead = records(
                        client.ask(RequestCode.PULL_MESSAGE, BrokerFixture.pullFields("g", "%DLQ%g", 0, 0)))
                .get(0);
        assertThat(new String(dead.body(), StandardCharsets.UTF_8)).isEqualTo("poison");
        assertThat(dead.property("ORIGIN_MESSAGE_ID")).isEqualTo(sent.get("msgId"));
    }

    @Test
    void aMessageIsFoundByItsKeysAndItsId() {
        RemotingFrame sent =
                BrokerFixture.send(client, "orders", 0, "found", Map.of("KEYS", "k1 k2", "UNIQ_KEY", "U7"));
        long position = OffsetMessageId.decode(sent.getRequired("msgId")).position();

        RemotingFrame byKey = client.ask(RequestCode.QUERY_MESSAGE, query("orders", "k2"));
        RemotingFrame byOther = client.ask(RequestCode.QUERY_MESSAGE, query("orders", "k3"));
        RemotingFrame byId = client.ask(RequestCode.VIEW_MESSAGE_BY_ID, Map.of("offset", position));
        RemotingFrame byWrongId = client.ask(RequestCode.VIEW_MESSAGE_BY_ID, Map.of("offset", position + 1));

        assertThat(records(byKey)).hasSize(1);
        assertThat(byOther.code()).isEqualTo(ResponseCode.QUERY_NOT_FOUND);
        assertThat(records(byId)).hasSize(1);
        assertThat(byWrongId.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
    }

    private void heartbeat(String group) {
        String body = "{\"clientID\":\"me\",\"consumerDataSet\":[{\"groupName\":\"" + group
                + "\",\"subscriptionDataSet\":[{\"topic\":\"orders\",\"subString\":\"*\",\"subVersion\":1}]}]}";
        assertThat(client.ask(RequestCode.HEART_BEAT, Map.of(), body).code()).isEqualTo(ResponseCode.SUCCESS);
    }

    private static Map<String, Object> query(String topic, String key) {
        return Map.of("topic", topic, "key", key, "maxNum", 8, "beginTimestamp", 0, "endTimestamp", Long.MAX_VALUE);
    }

    static List<MessageRecord> records(RemotingFrame frame) {
        ByteBuf body = frame.body();
        UnsafeBuffer view = new UnsafeBuffer(0, 0);
        FrameBody.wrap(view, body);
        List<MessageRecord> records = new ArrayList<>();
        for (int at = 0; at < view.capacity(); ) {
            int length = view.getInt(at, ByteOrder.BIG_ENDIAN);
            records.add(new MessageRecord().wrap(view, at, length));
            at += length;
        }
        return records;
    }
}
