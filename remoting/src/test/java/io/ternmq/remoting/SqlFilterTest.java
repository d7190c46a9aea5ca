package io.ternmq.remoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlFilterTest {
    private static final int SUSPEND_WITH_SUBSCRIPTION = 4 | 2;

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
    void aPullIsGivenWhatMeetsItsExpressionAndToldHowFarItLooked() {
        for (int price = 0; price < 10; price++) {
            send("m" + price, price);
        }

        RemotingFrame found = client.ask(RequestCode.PULL_MESSAGE, pull("price > 6 OR TAGS = 'none'", 0));
        RemotingFrame nothing = client.ask(RequestCode.PULL_MESSAGE, pull("price > 60", 0));

        assertThat(bodies(found)).containsExactly("m7", "m8", "m9");
        assertThat(found.getLong("nextBeginOffset")).isEqualTo(10);
        assertThat(nothing.code()).isEqualTo(ResponseCode.PULL_RETRY_IMMEDIATELY);
        assertThat(nothing.getLong("nextBeginOffset")).isEqualTo(10);
    }

    @Test
    void onlyWhatMeetsTheExpressionCountsAgainstTheAnswersLimit() {
        for (int price = 0; price < 100; price++) {
            send("m" + price, price % 10);
        }
        Map<String, Object> fields = pull("price = 3", 0);
        fields.put("maxMsgNums", 4);

        RemotingFrame first = client.ask(RequestCode.PULL_MESSAGE, fields);
        fields.put("queueOffset", first.getLong("nextBeginOffset"));
        RemotingFrame second = client.ask(RequestCode.PULL_MESSAGE, fields);

        assertThat(bodies(first)).containsExactly("m3", "m13", "m23", "m33");
        assertThat(bodies(second)).containsExactly("m43", "m53", "m63", "m73");
    }

    @Test
    void oneReadLooksAtManyMessagesAndThenSaysHowFarItCame() {
        for (int i = 0; i < 3; i++) {
            Map<String, Object> fields = BrokerFixture.sendFields("orders", 0, Map.of());
            fields.put("m", true);
            client.ask(RequestCode.SEND_BATCH_MESSAGE, fields, BatchBytes.of(Collections.nCopies(1_000, "cheap")));
        }
        send("dear", 9);

        RemotingFrame first = client.ask(RequestCode.PULL_MESSAGE, pull("price > 5", 0));
        long reached = first.getLong("nextBeginOffset");
        RemotingFrame second = client.ask(RequestCode.PULL_MESSAGE, pull("price > 5", reached));

        assertThat(first.code()).isEqualTo(ResponseCode.PULL_RETRY_IMMEDIATELY);
        assertThat(reached).isEqualTo(2_048);
        assertThat(bodies(second)).containsExactly("dear");
    }

    @Test
    void messagesThatDoNotMeetTheExpressionLeaveAPullWaiting() {
        send("first", 1);
        Map<String, Object> fields = pull("price > 5", 1);
        fields.put("sysFlag", SUSPEND_WITH_SUBSCRIPTION);

        int waiting = client.send(RequestCode.PULL_MESSAGE, fields, new byte[0]);
        for (int i = 0; i < 20; i++) {
            send("cheap", 1);
        }
        assertThat(client.answer(waiting)).isNull();
        send("dear", 9);
        await().until(() -> client.answer(waiting) != null);

        assertThat(bodies(client.answer(waiting))).containsExactly("dear");
        assertThat(client.answer(waiting).getLong("nextBeginOffset")).isEqualTo(22);
    }

    @Test
    void aPullThatWaitedInVainGoesOnBehindWhatItLookedAt() {
        send("first", 1);
        Map<String, Object> fields = pull("price > 5", 1);
        fields.put("sysFlag", SUSPEND_WITH_SUBSCRIPTION);

        int waiting = client.send(RequestCode.PULL_MESSAGE, fields, new byte[0]);
        for (int i = 0; i < 3; i++) {
            send("cheap", 1);
        }
        assertThat(client.answer(waiting)).isNull();
        await().until(() -> {
            broker.clock.advance(1_000);
            return client.answer(waiting) != null;
        });

        assertThat(client.answer(waiting).code()).isEqualTo(ResponseCode.PULL_RETRY_IMMEDIATELY);
        assertThat(client.answer(waiting).getLong("nextBeginOffset")).isEqualTo(4);
    }

    @Test
    void aPullWithABadExpressionIsToldWhy() {
        send("m", 1);

        RemotingFrame bad = client.ask(RequestCode.PULL_MESSAGE, pull("price >", 0));
        Map<String, Object> strange = pull("price", 0);
        strange.put("expressionType", "XPATH");

        assertThat(bad.code()).isEqualTo(ResponseCode.SUBSCRIPTION_PARSE_FAILED);
        assertThat(bad.remark()).contains("the end at 8");
        assertThat(client.ask(RequestCode.PULL_MESSAGE, strange).code())
                .isEqualTo(ResponseCode.SUBSCRIPTION_PARSE_FAILED);
    }

    @Test
    void aGroupsExpressionIsThatOfItsHeartbeat() {
        send("cheap", 1);
        send("dear", 9);
        assertThat(client.ask(RequestCode.HEART_BEAT, Map.of(), heartbeat("price > 5", 1))
                        .code())
                .isEqualTo(ResponseCode.SUCCESS);
        Map<String, Object> fields = pull("", 0);
        fields.put("sysFlag", 0);

        assertThat(bodies(client.ask(RequestCode.PULL_MESSAGE, fields))).containsExactly("dear");
    }

    @Test
    void aPullAheadOfItsHeartbeatWaitsForWhatItsClientSays() {
        send("cheap", 1);
        send("dear", 9);
        client.ask(RequestCode.HEART_BEAT, Map.of(), heartbeat("price > 5", 1));
        Map<String, Object> fields = pull("", 0);
        fields.put("sysFlag", 0);
        fields.put("subVersion", 2);

        int first = client.send(RequestCode.PULL_MESSAGE, fields, new byte[0]);
        int second = client.send(RequestCode.PULL_MESSAGE, fields, new byte[0]);
        RemotingFrame question = client.awaitRequest(RequestCode.GET_CONSUMER_RUNNING_INFO);
        assertThat(question.get("consumerGroup")).isEqualTo("g");
        assertThat(question.get("clientId")).isEqualTo("me");
        assertThat(client.answer(first)).isNull();
        client.reply(question, ResponseCode.SUCCESS, running("price < 5", 2));

        assertThat(bodies(client.awaitAnswer(first))).containsExactly("cheap");
        assertThat(bodies(client.awaitAnswer(second))).containsExactly("cheap");
    }

    @Test
    void aPullAheadOfAllThatItsClientSaysIsRefused() {
        send("m", 1);
        client.ask(RequestCode.HEART_BEAT, Map.of(), heartbeat("price > 5", 1));
        Map<String, Object> fields = pull("", 0);
        fields.put("sysFlag", 0);
        fields.put("subVersion", 3);

        int pull = client.send(RequestCode.PULL_MESSAGE, fields, new byte[0]);
        client.reply(
                client.awaitRequest(RequestCode.GET_CONSUMER_RUNNING_INFO),
                ResponseCode.SUCCESS,
                running("price < 5", 2));

        assertThat(client.awaitAnswer(pull).code()).isEqualTo(ResponseCode.SUBSCRIPTION_NOT_LATEST);
    }

    @Test
    void aPullAheadOfAClientThatTalksNonsenseIsRefused() {
        send("m", 1);
        client.ask(RequestCode.HEART_BEAT, Map.of(), heartbeat("price > 5", 1));
        Map<String, Object> fields = pull("", 0);
        fields.put("sysFlag", 0);
        fields.put("subVersion", 2);

        int pull = client.send(RequestCode.PULL_MESSAGE, fields, new byte[0]);
        client.reply(
                client.awaitRequest(RequestCode.GET_CONSUMER_RUNNING_INFO),
                ResponseCode.SUCCESS,
                "{\"subscriptionSet\":[{\"topic\"");

        assertThat(client.awaitAnswer(pull).code()).isEqualTo(ResponseCode.SUBSCRIPTION_NOT_LATEST);
    }

    @Test
    void aPullAheadOfAGroupThatItsClientIsNoMemberOfIsRefused() {
        send("m", 1);
        broker.connect().ask(RequestCode.HEART_BEAT, Map.of(), heartbeat("price > 5", 1));
        Map<String, Object> fields = pull("", 0);
        fields.put("sysFlag", 0);
        fields.put("subVersion", 2);

        assertThat(client.ask(RequestCode.PULL_MESSAGE, fields).code()).isEqualTo(ResponseCode.SUBSCRIPTION_NOT_LATEST);
    }

    @Test
    void aHeartbeatWithABadExpressionIsTakenAndItsPullsAreToldWhy() {
        send("m", 1);
        assertThat(client.ask(RequestCode.HEART_BEAT, Map.of(), heartbeat("price LIKE 'x'", 1))
                        .code())
                .isEqualTo(ResponseCode.SUCCESS);
        Map<String, Object> fields = pull("", 0);
        fields.put("sysFlag", 0);

        RemotingFrame refused = client.ask(RequestCode.PULL_MESSAGE, fields);

        assertThat(refused.code()).isEqualTo(ResponseCode.FILTER_DATA_NOT_EXIST);
        assertThat(refused.remark()).contains("'LIKE' at 7");
    }

    @Test
    void aGroupsRetriesAreNotFiltered() {
        assertThat(client.ask(RequestCode.HEART_BEAT, Map.of(), heartbeat("price > 5", 1))
                        .code())
                .isEqualTo(ResponseCode.SUCCESS);
        BrokerFixture.send(client, "%RETRY%g", 0, "again", Map.of());
        Map<String, Object> fields = BrokerFixture.pullFields("g", "%RETRY%g", 0, 0);
        fields.put("sysFlag", 0);

        assertThat(bodies(client.ask(RequestCode.PULL_MESSAGE, fields))).containsExactly("again");
    }

    private void send(String body, int price) {
        BrokerFixture.send(client, "orders", 0, body, Map.of("price", Integer.toString(price)));
    }

    private static Map<String, Object> pull(String expression, long offset) {
        Map<String, Object> fields = BrokerFixture.pullFields("g", "orders", 0, offset);
        fields.put("subscription", expression);
        fields.put("expressionType", "SQL92");
        return fields;
    }

    private static String heartbeat(String expression, int version) {
        return "{\"clientID\":\"me\",\"consumerDataSet\":[{\"groupName\":\"g\",\"subscriptionDataSet\":["
                + "{\"topic\":\"orders\",\"expressionType\":\"SQL92\",\"subString\":\"" + expression
                + "\",\"subVersion\":" + version + "},"
                + "{\"topic\":\"%RETRY%g\",\"expressionType\":\"TAG\",\"subString\":\"*\",\"subVersion\":1}]}]}";
    }

    /** As clients write it: with objects as keys. */
    private static String running(String expression, int version) {
        return "{\"mqTable\":{{\"brokerName\":\"b\",\"queueId\":0,\"topic\":\"orders\"}:{\"locked\":false}},\"properties\":{},"
                + "\"subscriptionSet\":[{\"codeSet\":[],\"expressionType\":\"SQL92\",\"subString\":\"" + expression
                + "\",\"subVersion\":" + version + ",\"topic\":\"orders\"}]}";
    }

    private static List<String> bodies(RemotingFrame frame) {
        assertThat(frame.code()).isEqualTo(ResponseCode.SUCCESS);
        return SendAndPullTest.records(frame).stream()
                .map(record -> new String(record.body(), StandardCharsets.UTF_8))
                .toList();
    }
}
