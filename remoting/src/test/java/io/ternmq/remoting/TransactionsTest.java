package io.ternmq.remoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.OffsetMessageId;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionsTest {
    private static final int UNKNOWN = 0;
    private static final int COMMIT = 8;
    private static final int ROLL_BACK = 12;

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
    void aHalfMessageIsNotSeenBeforeItIsCommitted() {
        RemotingFrame half = prepare("paid");
        assertThat(half.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(half.getInt("queueId")).isEqualTo(2);
        assertThat(half.get("transactionId")).isEqualTo("U1");
        assertThat(bodies()).isEmpty();

        assertThat(end(half, COMMIT).code()).isEqualTo(ResponseCode.SUCCESS);

        assertThat(bodies()).containsExactly("paid");
        assertThat(end(half, COMMIT).code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(bodies()).containsExactly("paid");
    }

    @Test
    void whoWantsNoAnswerGetsNone() {
        RemotingFrame half = prepare("paid");

        TestClient silent = broker.connect();

        silent.tell(RequestCode.END_TRANSACTION, endFields(half, COMMIT), new byte[0]);

        await().until(() -> bodies().equals(List.of("paid")));
        assertThat(silent.receivedCount()).isZero();
    }

    @Test
    void whatWasRolledBackIsNeverSeen() {
        RemotingFrame half = prepare("paid");
        assertThat(end(half, ROLL_BACK).code()).isEqualTo(ResponseCode.SUCCESS);
        RemotingFrame late = end(half, COMMIT);
        assertThat(late.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(late.remark()).contains("expected: a half message that is not decided yet");
        assertThat(bodies()).isEmpty();
    }

    @Test
    void anUnknownOutcomeChangesNothing() {
        RemotingFrame half = prepare("paid");
        assertThat(end(half, UNKNOWN).code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(bodies()).isEmpty();
        assertThat(end(half, COMMIT).code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(bodies()).containsExactly("paid");
    }

    @Test
    void whatIsNoDecisionIsRefused() {
        assertThat(end(prepare("paid"), 4).code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
    }

    @Test
    void theInstancesOfItsProducerGroupAreAskedInTurnAndMayDecide() {
        TestClient other = broker.connect();
        Stream.of(client, other)
                .forEach(producer -> assertThat(
                                producer.ask(RequestCode.HEART_BEAT, Map.of(), heartbeat("client-" + producer.port()))
                                        .code())
                        .isEqualTo(ResponseCode.SUCCESS));
        RemotingFrame half = prepare("paid");

        await().until(() -> {
            broker.clock.advance(2_000);
            BrokerFixture.send(client, "other", 0, "has the shard look at its clock", Map.of());
            return client.request(RequestCode.CHECK_TRANSACTION_STATE) != null
                    && other.request(RequestCode.CHECK_TRANSACTION_STATE) != null;
        });

        RemotingFrame question = other.request(RequestCode.CHECK_TRANSACTION_STATE);
        assertThat(question.isOneway()).isTrue();
        assertThat(question.get("topic")).isEqualTo("orders");
        assertThat(question.getLong("commitLogOffset")).isEqualTo(position(half));
        assertThat(question.getLong("tranStateTableOffset")).isEqualTo(half.getLong("queueOffset"));
        assertThat(question.get("msgId")).isEqualTo("U1");
        assertThat(question.get("transactionId")).isEqualTo("U1");
        assertThat(question.get("offsetMsgId")).isEqualTo(half.get("msgId"));
        MessageRecord record = SendAndPullTest.records(question).get(0);
        assertThat(record.topic()).isEqualTo("orders");
        assertThat(record.queueId()).isEqualTo(2);
        assertThat(record.property("PGROUP")).isEqualTo("producers");
        assertThat(new String(record.body(), StandardCharsets.UTF_8)).isEqualTo("paid");

        other.tell(RequestCode.END_TRANSACTION, endFields(half, COMMIT), new byte[0]);
        await().until(() -> bodies().equals(List.of("paid")));
    }

    @Test
    void aTransactionalMessageCannotBeDelayed() {
        assertThat(BrokerFixture.send(client, "orders", 0, "m", Map.of("TRAN_MSG", "true", "DELAY", "2"))
                        .code())
                .isEqualTo(ResponseCode.MESSAGE_ILLEGAL);
    }

    @Test
    void theBrokersOwnQueuesAreClosedToClients() {
        prepare("paid");
        for (String topic : List.of("RMQ_SYS_TRANS_HALF_TOPIC", "TRANS_CHECK_MAX_TIME_TOPIC")) {
            assertThat(BrokerFixture.send(client, topic, 0, "m", Map.of()).code())
                    .isEqualTo(ResponseCode.NO_PERMISSION);
        }
        assertThat(client.ask(RequestCode.PULL_MESSAGE, BrokerFixture.pullFields("g", "RMQ_SYS_TRANS_HALF_TOPIC", 0, 0))
                        .code())
                .isEqualTo(ResponseCode.NO_PERMISSION);
    }

    private RemotingFrame prepare(String body) {
        return BrokerFixture.send(client, "orders", 2, body, Map.of("TRAN_MSG", "true", "UNIQ_KEY", "U1"));
    }

    private RemotingFrame end(RemotingFrame half, int commitOrRollback) {
        return client.ask(RequestCode.END_TRANSACTION, endFields(half, commitOrRollback));
    }

    private static Map<String, Object> endFields(RemotingFrame half, int commitOrRollback) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("producerGroup", "producers");
        fields.put("commitLogOffset", position(half));
        fields.put("tranStateTableOffset", half.getLong("queueOffset"));
        fields.put("commitOrRollback", commitOrRollback);
        fields.put("fromTransactionCheck", false);
        fields.put("msgId", "U1");
        return fields;
    }

    private static long position(RemotingFrame half) {
        return OffsetMessageId.decode(half.getRequired("msgId")).position();
    }

    private List<String> bodies() {
        RemotingFrame pulled = client.ask(RequestCode.PULL_MESSAGE, BrokerFixture.pullFields("g", "orders", 2, 0));
        if (pulled.code() != ResponseCode.SUCCESS) {
            return List.of();
        }
        return SendAndPullTest.records(pulled).stream()
                .map(record -> new String(record.body(), StandardCharsets.UTF_8))
                .toList();
    }

    private static String heartbeat(String clientId) {
        return "{\"clientID\":\"" + clientId + "\",\"consumerDataSet\":[],\"heartbeatFingerprint\":0,"
                + "\"producerDataSet\":[{\"groupName\":\"producers\"}],\"withoutSub\":false}";
    }
}
