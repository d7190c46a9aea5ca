package io.ternmq.remoting;

import static io.ternmq.remoting.LeasesOverTheWire.assertDone;
import static io.ternmq.remoting.LeasesOverTheWire.bodies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.OffsetMessageId;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.LeasesOverTheWire.Held;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PopTest {
    private BrokerFixture broker;
    private TestClient client;
    private LeasesOverTheWire billing;

    @BeforeEach
    void open(@TempDir Path folder) {
        broker = new BrokerFixture(folder);
        client = broker.connect();
        billing = new LeasesOverTheWire(broker, client, "billing");
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private void send(int queueId, String... bodies) {
        for (String body : bodies) {
            BrokerFixture.send(client, "orders", queueId, body, Map.of());
        }
    }

    /** Turns the clock until something is handed out. */
    private List<Held> awaitTaken(LeasesOverTheWire consumer, String topic, long stepMs) {
        List<Held> taken = new ArrayList<>();
        await().until(() -> {
            broker.clock.advance(stepMs);
            taken.addAll(consumer.take(topic));
            return !taken.isEmpty();
        });
        return taken;
    }

    private static final char RETRY_MARK = '1';

    @Test
    void messagesOfAllQueuesAreHandedOutOnceAndAcknowledged() {
        send(0, "a", "b");
        send(3, "c");

        RemotingFrame answer = client.ask(RequestCode.POP_MESSAGE, billing.fields("orders"));
        assertDone(answer);
        List<Held> held = LeasesOverTheWire.held(answer, "orders");

        assertThat(bodies(held)).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(answer.getLong("invisibleTime")).isEqualTo(LeasesOverTheWire.INVISIBLE_MS);
        assertThat(answer.getLong("popTime")).isGreaterThanOrEqualTo(BrokerFixture.START_MS);
        assertThat(answer.getInt("reviveQid")).isZero();
        assertThat(answer.getLong("restNum")).isZero();
        assertThat(answer.getRequired("startOffsetInfo").split(";")).containsExactlyInAnyOrder("0 0 0", "0 3 0");
        assertThat(answer.getRequired("msgOffsetInfo").split(";")).containsExactlyInAnyOrder("0 0 0,1", "0 3 0");
        assertThat(billing.take("orders")).isEmpty();
        held.forEach(one -> assertDone(billing.acknowledge(one)));
        broker.clock.advance(LeasesOverTheWire.INVISIBLE_MS * 2);
        assertThat(billing.take("orders")).isEmpty();
    }

    @Test
    void anAnswerWithoutMessagesHasTheFieldsThatClientsWant() {
        send(0, "a");
        billing.take("orders");

        RemotingFrame nothing = client.ask(RequestCode.POP_MESSAGE, billing.fields("orders"));

        assertThat(nothing.code()).isEqualTo(ResponseCode.PULL_NOT_FOUND);
        assertThat(nothing.getLong("popTime")).isGreaterThanOrEqualTo(BrokerFixture.START_MS);
        assertThat(nothing.getLong("invisibleTime")).isEqualTo(LeasesOverTheWire.INVISIBLE_MS);
        assertThat(nothing.getInt("reviveQid")).isZero();
        assertThat(nothing.getLong("restNum")).isZero();
    }

    @Test
    void aRedeliveryHasItsCountAndAnOldHandleIsWorthNothing() {
        send(0, "a");
        Held first = billing.take("orders").get(0);
        assertThat(first.reconsumeTimes()).isZero();

        Held second = awaitTaken(billing, "orders", LeasesOverTheWire.INVISIBLE_MS / 2)
                .get(0);

        assertThat(second.reconsumeTimes()).isEqualTo(1);
        RemotingFrame late = billing.acknowledge(first);
        assertThat(late.code()).isEqualTo(ResponseCode.NO_MESSAGE);
        assertThat(billing.change(first, 1_000).code()).isEqualTo(ResponseCode.NO_MESSAGE);
        assertDone(billing.acknowledge(second));
        assertThat(billing.change(second, 1_000).code()).isEqualTo(ResponseCode.NO_MESSAGE);
    }

    @Test
    void anOrderedAnswerCountsWhatWasHandedOutBefore() {
        send(0, "a");
        Map<String, Object> fields = billing.fields("orders");
        fields.put("order", true);
        RemotingFrame first = client.ask(RequestCode.POP_MESSAGE, fields);
        assertThat(first.getInt("reviveQid")).isEqualTo(999);
        assertThat(first.get("orderCountInfo")).isNull();

        await().until(() -> {
            broker.clock.advance(LeasesOverTheWire.INVISIBLE_MS / 2);
            RemotingFrame again = client.ask(RequestCode.POP_MESSAGE, fields);
            return again.code() == ResponseCode.SUCCESS
                    && again.getRequired("orderCountInfo").equals("0 qo0%0 1");
        });
    }

    @Test
    void aRenewedLeaseHasANewHandle() {
        send(0, "a");
        Held held = billing.take("orders").get(0);

        RemotingFrame renewed = billing.change(held, 60_000);

        assertDone(renewed);
        assertThat(renewed.getLong("invisibleTime")).isEqualTo(60_000);
        assertThat(renewed.getInt("reviveQid")).isZero();
        assertThat(renewed.getLong("popTime")).isGreaterThan(held.popTimeMs());
        assertThat(billing.acknowledge(held).code()).isEqualTo(ResponseCode.NO_MESSAGE);
        String handle = "0 " + renewed.getLong("popTime") + " 60000 0 0 broker-a 0 0";
        assertDone(billing.acknowledge(held.withHandle(handle)));
    }

    @Test
    void whoWaitsGetsWhatComes() {
        send(0, "a");
        billing.take("orders");
        Map<String, Object> fields = billing.fields("orders");
        fields.put("pollTime", 15_000);
        TestClient other = broker.connect();
        int waiting = other.send(RequestCode.POP_MESSAGE, fields, new byte[0]);
        await().until(() -> waitingCount() == 1);
        assertThat(other.answer(waiting)).isNull();

        send(1, "b");

        assertThat(bodies(LeasesOverTheWire.held(other.awaitAnswer(waiting), "orders")))
                .containsExactly("b");
        assertThat(waitingCount()).isZero();
    }

    @Test
    void whoHasWaitedIsToldThatThereIsNothing() {
        send(0, "a");
        billing.take("orders");
        Map<String, Object> fields = billing.fields("orders");
        fields.put("pollTime", 5_000);
        int waiting = client.send(RequestCode.POP_MESSAGE, fields, new byte[0]);

        await().until(() -> {
            broker.clock.advance(1_000);
            return client.answer(waiting) != null;
        });

        assertThat(client.awaitAnswer(waiting).code()).isEqualTo(ResponseCode.POLLING_TIMEOUT);
    }

    @Test
    void whoIsGoneHoldsNothingUp() {
        send(0, "a");
        billing.take("orders");
        Map<String, Object> fields = billing.fields("orders");
        fields.put("pollTime", 15_000);
        TestClient gone = broker.connect();
        gone.send(RequestCode.POP_MESSAGE, fields, new byte[0]);
        await().until(() -> waitingCount() == 1);
        gone.close();

        send(1, "b");

        await().until(() -> bodies(billing.take("orders")).equals(List.of("b")));
    }

    @Test
    void aTagFilterHandsOutItsTagsOnly() {
        BrokerFixture.send(client, "orders", 0, "red", Map.of("TAGS", "red"));
        BrokerFixture.send(client, "orders", 0, "blue", Map.of("TAGS", "blue"));
        Map<String, Object> fields = billing.fields("orders");
        fields.put("expType", "TAG");
        fields.put("exp", "blue");

        assertThat(bodies(billing.take(fields))).containsExactly("blue");
        assertThat(billing.take("orders")).isEmpty();
    }

    @Test
    void aSqlFilterHandsOutWhatMeetsItAndTheRestIsDone() {
        for (int i = 0; i < 100; i++) {
            BrokerFixture.send(client, "orders", 0, "m" + i, Map.of("price", Integer.toString(i)));
        }
        Map<String, Object> fields = billing.fields("orders");
        fields.put("expType", "SQL92");
        fields.put("exp", "price >= 98");

        List<Held> held = billing.take(fields);

        assertThat(bodies(held)).containsExactly("m98", "m99");
        held.forEach(one -> assertDone(billing.acknowledge(one)));
        await().until(() -> {
            broker.clock.advance(1_000);
            return committed(0) == 100;
        });
    }

    @Test
    void aWaitingSqlFilterPassesOverWhatDoesNotMeetIt() {
        send(0, "a");
        billing.take("orders");
        Map<String, Object> fields = billing.fields("orders");
        fields.put("pollTime", 15_000);
        fields.put("expType", "SQL92");
        fields.put("exp", "price > 5");
        TestClient other = broker.connect();
        int waiting = other.send(RequestCode.POP_MESSAGE, fields, new byte[0]);
        await().until(() -> waitingCount() == 1);

        BrokerFixture.send(client, "orders", 0, "cheap", Map.of("price", "1"));
        BrokerFixture.send(client, "orders", 0, "dear", Map.of("price", "9"));

        assertThat(bodies(LeasesOverTheWire.held(other.awaitAnswer(waiting), "orders")))
                .containsExactly("dear");
    }

    @Test
    void aFilterThatCannotBeUnderstoodIsRefused() {
        send(0, "a");
        Map<String, Object> fields = billing.fields("orders");
        fields.put("expType", "SQL92");
        fields.put("exp", "price >");

        RemotingFrame refused = client.ask(RequestCode.POP_MESSAGE, fields);

        assertThat(refused.code()).isEqualTo(ResponseCode.SUBSCRIPTION_PARSE_FAILED);
    }

    @Test
    void whatCameBackToTheRetryTopicIsHandedOutUnderItsTopic() {
        retryTopic();
        handBack("poison", 2);

        List<Held> held = awaitTaken(billing, "orders", 1_000).stream()
                .filter(one -> one.mark() == RETRY_MARK)
                .toList();

        assertThat(bodies(held)).containsExactly("poison");
        assertThat(held.get(0).reconsumeTimes()).isEqualTo(1);
        assertDone(billing.change(held.get(0), 1_000));
        assertThat(billing.acknowledge(held.get(0)).code()).isEqualTo(ResponseCode.NO_MESSAGE);
        Held again = awaitTaken(billing, "orders", 500).get(0);
        assertThat(again.mark()).isEqualTo(RETRY_MARK);
        assertThat(again.reconsumeTimes()).isEqualTo(2);
        assertDone(billing.acknowledge(again));
        broker.clock.advance(LeasesOverTheWire.INVISIBLE_MS * 2);
        assertThat(billing.take("orders")).isEmpty();
    }

    @Test
    void aRetryIsForThoseWhoTakeFromItsTopic() {
        retryTopic();
        BrokerFixture.send(client, "others", 0, "other", Map.of());
        billing.take("others").forEach(one -> assertDone(billing.acknowledge(one)));
        handBack("poison", 1);
        broker.clock.advance(1_000);
        Set<String> ofOthers = new HashSet<>();

        await().until(() -> {
            broker.clock.advance(100);
            ofOthers.addAll(bodies(billing.take("others")));
            ofOthers.addAll(bodies(billing.take("others")));
            return bodies(billing.take("orders")).contains("poison");
        });

        assertThat(ofOthers).doesNotContain("poison");
    }

    @Test
    void aRetryThatFailedTooOftenByNowIsADeadLetter() {
        retryTopic();
        setRetryMax(1);
        handBack("poison", 1);
        Held retry = awaitTaken(billing, "orders", 1_000).get(0);
        assertThat(retry.reconsumeTimes()).isEqualTo(1);

        assertDone(billing.change(retry, 1));

        await().until(() -> {
            broker.clock.advance(100);
            assertThat(billing.take("orders")).isEmpty();
            return client.ask(RequestCode.PULL_MESSAGE, BrokerFixture.pullFields("g", "%DLQ%billing", 0, 0))
                            .code()
                    == ResponseCode.SUCCESS;
        });
        MessageRecord dead = SendAndPullTest.records(
                        client.ask(RequestCode.PULL_MESSAGE, BrokerFixture.pullFields("g", "%DLQ%billing", 0, 0)))
                .get(0);
        assertThat(dead.reconsumeTimes()).isEqualTo(1);
    }

    @Test
    void retriesAreLeftToMembersThatPullThem() {
        heartbeat("billing");
        handBack("poison", 1);
        for (int i = 0; i < 20; i++) {
            broker.clock.advance(200);
            assertThat(billing.take("orders")).isEmpty();
        }
        assertThat(client.ask(RequestCode.PULL_MESSAGE, BrokerFixture.pullFields("billing", "%RETRY%billing", 0, 0))
                        .code())
                .isEqualTo(ResponseCode.SUCCESS);
    }

    private void setRetryMax(int retryMax) {
        String body = "{\"groupName\":\"billing\",\"retryMaxTimes\":" + retryMax + "}";
        assertDone(client.ask(RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP, Map.of(), body));
    }

    private void retryTopic() {
        setRetryMax(16);
    }

    @Test
    void manyAreAcknowledgedAtOnce() {
        send(0, "a", "b", "c", "d");
        List<Held> held = billing.take("orders");
        BitSet done = new BitSet();
        done.set(0);
        done.set(2, 4);

        assertDone(acknowledge(done, held.get(0).popTimeMs()));

        Held left = awaitTaken(billing, "orders", LeasesOverTheWire.INVISIBLE_MS / 2)
                .get(0);
        assertThat(left.body()).isEqualTo("b");
        assertThat(acknowledge(done, held.get(0).popTimeMs()).code()).isEqualTo(ResponseCode.SUCCESS);
        done.set(1);
        assertThat(acknowledge(done, held.get(0).popTimeMs()).code()).isEqualTo(ResponseCode.NO_MESSAGE);
        assertThat(acknowledge(new BitSet(), 1).code()).isEqualTo(ResponseCode.MESSAGE_ILLEGAL);
    }

    private RemotingFrame acknowledge(BitSet offsets, long popTimeMs) {
        String bits = Base64.getEncoder().encodeToString(offsets.toByteArray());
        String body = "{\"brokerName\":\"broker-a\",\"acks\":[{\"c\":\"billing\",\"t\":\"orders\",\"r\":\"0\",\"so\":0,"
                + "\"q\":0,\"rq\":0,\"pt\":" + popTimeMs + ",\"it\":30000,\"b\":\"" + bits + "\"}]}";
        return client.ask(RequestCode.BATCH_ACK_MESSAGE, Map.of(), body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0 1 2 3 0 broker-a 0", "0 1 2 3 9 broker-a 0 0", "0 1 2 3 0 broker-a 0 x"})
    void aHandleThatIsNoneIsRefused(String handle) {
        send(0, "a");
        Held held = billing.take("orders").get(0).withHandle("0 1 30000 0 0 broker-a 0 0");
        Map<String, Object> fields = billing.leaseFields(held);
        fields.put("extraInfo", handle);

        RemotingFrame refused = client.ask(RequestCode.ACK_MESSAGE, fields);

        assertThat(refused.code()).isEqualTo(ResponseCode.MESSAGE_ILLEGAL);
        assertThat(refused.remark()).startsWith("extraInfo: '" + handle + "' (expected: ");
    }

    @Test
    void aHandleOfAnotherMessageIsRefused() {
        send(0, "a");
        Map<String, Object> fields = billing.leaseFields(billing.take("orders").get(0));
        fields.put("offset", 7);
        assertThat(client.ask(RequestCode.ACK_MESSAGE, fields).code()).isEqualTo(ResponseCode.MESSAGE_ILLEGAL);
    }

    @Test
    void whatWasNeverHandedOutCannotBeAcknowledged() {
        send(0, "a", "b");
        Held held = billing.take("orders").get(0);
        Held unknown = new Held("orders", "0 1 30000 0 0 broker-a 0 9", 0, 9, 0, "");
        Held nowhere = new Held("nowhere", "0 1 30000 0 0 broker-a 0 0", 0, 0, 0, "");
        LeasesOverTheWire others = new LeasesOverTheWire(broker, client, "others");
        assertThat(billing.acknowledge(unknown).code()).isEqualTo(ResponseCode.NO_MESSAGE);
        assertThat(billing.acknowledge(nowhere).code()).isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
        assertThat(others.acknowledge(held).code()).isEqualTo(ResponseCode.NO_MESSAGE);
    }

    @ParameterizedTest
    @CsvSource({"0", "999", "43200001"})
    void aTimeOutOfSightIsBounded(long invisibleMs) {
        send(0, "a");
        Map<String, Object> fields = billing.fields("orders");
        fields.put("invisibleTime", invisibleMs);

        RemotingFrame refused = client.ask(RequestCode.POP_MESSAGE, fields);

        assertThat(refused.code()).isEqualTo(ResponseCode.MESSAGE_ILLEGAL);
        assertThat(refused.remark())
                .isEqualTo("invisibleTime: " + invisibleMs + " (expected: 1000..43200000 milliseconds)");
    }

    @Test
    void aTimeOutOfSightIsBoundedWhenItIsChanged() {
        send(0, "a");
        Held held = billing.take("orders").get(0);
        assertThat(billing.change(held, 0).code()).isEqualTo(ResponseCode.MESSAGE_ILLEGAL);
        assertThat(billing.change(held, 43_200_001).code()).isEqualTo(ResponseCode.MESSAGE_ILLEGAL);
    }

    @Test
    void oneRequestTakesABoundedNumber() {
        for (int i = 0; i < 300; i++) {
            send(0, "m" + i);
        }
        Map<String, Object> fields = billing.fields("orders");
        fields.put("maxMsgNums", Integer.MAX_VALUE);
        assertThat(billing.take(fields)).hasSize(256);
        fields.put("maxMsgNums", -1);
        assertThat(billing.take(fields)).hasSize(1);
    }

    @Test
    void largeMessagesComeAFewAtATime() {
        String large = "x".repeat(100_000);
        send(0, large, large, large, large);

        assertThat(billing.take("orders")).hasSize(2);
        assertThat(billing.take("orders")).hasSize(2);
    }

    @Test
    void whoDoesNotReadHoldsNoMoreThanIsOnItsWay() {
        String large = "x".repeat(100_000);
        for (int i = 0; i < 240; i++) {
            send(i % 4, large);
        }
        TestClient stalled = broker.connect();
        for (int i = 0; i < 120; i++) {
            stalled.send(RequestCode.POP_MESSAGE, billing.fields("orders"), new byte[0]);
        }
        List<Held> held = new ArrayList<>();

        await().until(() -> {
            held.addAll(billing.take("orders"));
            return held.size() >= 80;
        });

        assertThat(held).extracting(Held::reconsumeTimes).containsOnly(0);
        assertThat(held.stream().map(one -> one.queueId() + "@" + one.offset())).doesNotHaveDuplicates();
        stalled.close();
    }

    @Test
    void whoMayNotConsumeIsToldSo() {
        send(0, "a");
        Map<String, Object> wrongQueue = billing.fields("orders");
        wrongQueue.put("queueId", 99);
        assertThat(client.ask(RequestCode.POP_MESSAGE, wrongQueue).code()).isEqualTo(ResponseCode.INVALID_PARAMETER);
        assertThat(client.ask(RequestCode.POP_MESSAGE, billing.fields("nowhere"))
                        .code())
                .isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
        assertThat(client.ask(RequestCode.POP_MESSAGE, billing.fields("SCHEDULE_TOPIC_XXXX"))
                        .code())
                .isNotEqualTo(ResponseCode.SUCCESS);
    }

    @Test
    void peekingShowsMessagesAndTakesNone() {
        send(0, "a", "b");
        Map<String, Object> fields =
                Map.of("consumerGroup", "billing", "topic", "orders", "queueId", -1, "maxMsgNums", 1);

        RemotingFrame shown = client.ask(RequestCode.PEEK_MESSAGE, fields);

        assertThat(shown.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(SendAndPullTest.records(shown)).hasSize(1);
        assertThat(shown.getLong("restNum")).isEqualTo(1);
        assertThat(bodies(billing.take("orders"))).containsExactly("a", "b");
    }

    @Test
    void aNotificationComesWithTheMessageAndTakesNone() {
        send(0, "a");
        billing.take("orders");
        TestClient other = broker.connect();
        int waiting = other.send(RequestCode.NOTIFICATION, notificationFields(15_000), new byte[0]);
        await().until(() -> waitingCount() == 1);

        send(1, "b");

        RemotingFrame told = other.awaitAnswer(waiting);
        assertThat(told.get("hasMsg")).isEqualTo("true");
        assertThat(told.get("pollingFull")).isEqualTo("false");
        assertThat(bodies(billing.take("orders"))).containsExactly("b");
    }

    @Test
    void aNotificationComesWithWhatWasHandedBack() {
        handBack("a", 1);
        assertThat(client.ask(RequestCode.NOTIFICATION, notificationFields(0)).get("hasMsg"))
                .isEqualTo("false");
        await().until(() -> {
            broker.clock.advance(500);
            RemotingFrame told = client.ask(RequestCode.NOTIFICATION, notificationFields(0));
            return "true".equals(told.get("hasMsg"));
        });
        assertThat(bodies(billing.take("orders"))).containsExactly("a");
    }

    private Map<String, Object> notificationFields(long pollMs) {
        return Map.of(
                "consumerGroup",
                "billing",
                "topic",
                "orders",
                "queueId",
                -1,
                "pollTime",
                pollMs,
                "bornTime",
                broker.clock.time());
    }

    private int waitingCount() {
        Map<String, Object> fields = Map.of("consumerGroup", "billing", "topic", "orders", "queueId", -1);
        return client.ask(RequestCode.POLLING_INFO, fields).getInt("pollingNum");
    }

    private long committed(int queueId) {
        Map<String, Object> fields = Map.of("consumerGroup", "billing", "topic", "orders", "queueId", queueId);
        return client.ask(RequestCode.QUERY_CONSUMER_OFFSET, fields).getLong("offset", -1);
    }

    private void heartbeat(String group) {
        String body = "{\"clientID\":\"me\",\"consumerDataSet\":[{\"groupName\":\"" + group
                + "\",\"subscriptionDataSet\":[{\"topic\":\"orders\",\"subString\":\"*\",\"subVersion\":1}]}]}";
        assertDone(client.ask(RequestCode.HEART_BEAT, Map.of(), body));
    }

    /** Sends a message and hands it back, as a consumer by offset does. */
    private void handBack(String body, int delayLevel) {
        RemotingFrame sent = BrokerFixture.send(client, "orders", 0, body, Map.of());
        List<Held> original = billing.take("orders");
        original.forEach(one -> assertDone(billing.acknowledge(one)));
        long position = OffsetMessageId.decode(sent.getRequired("msgId")).position();
        Map<String, Object> back =
                Map.of("group", "billing", "offset", position, "delayLevel", delayLevel, "originTopic", "orders");
        assertDone(client.ask(RequestCode.CONSUMER_SEND_MSG_BACK, back));
    }

    @Test
    void aRecordIsSentAsItLiesInTheLog() {
        BrokerFixture.send(client, "orders", 0, "a", Map.of("KEYS", "k"));
        RemotingFrame pulled = client.ask(RequestCode.PULL_MESSAGE, BrokerFixture.pullFields("g", "orders", 0, 0));
        RemotingFrame popped = client.ask(RequestCode.POP_MESSAGE, billing.fields("orders"));
        assertThat(popped.body()).isEqualTo(pulled.body());
        MessageRecord record = SendAndPullTest.records(popped).get(0);
        assertThat(record.property("POP_CK")).isNull();
        assertThat(record.bodyCrcMatches()).isTrue();
    }
}
