package io.ternmq.remoting;

import static io.ternmq.remoting.LeasesOverTheWire.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssignmentTest {
    private static final Pattern QUEUE_ID = Pattern.compile("\"queueId\":(-?\\d+)");

    private BrokerFixture broker;
    private final List<TestClient> members = new ArrayList<>();

    @BeforeEach
    void open(@TempDir Path folder) {
        broker = new BrokerFixture(folder);
        BrokerFixture.send(broker.connect(), "orders", 0, "m", Map.of());
        BrokerFixture.send(broker.connect(), "others", 0, "m", Map.of());
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private void join(String clientId, String... topics) {
        StringBuilder subscriptions = new StringBuilder();
        for (String topic : topics) {
            subscriptions
                    .append(subscriptions.isEmpty() ? "" : ",")
                    .append("{\"topic\":\"" + topic + "\",\"subString\":\"*\",\"subVersion\":1}");
        }
        String body = "{\"clientID\":\"" + clientId + "\",\"consumerDataSet\":[{\"groupName\":\"billing\","
                + "\"subscriptionDataSet\":[" + subscriptions + "]}]}";
        TestClient member = broker.connect();
        assertDone(member.ask(RequestCode.HEART_BEAT, Map.of(), body));
        members.add(member);
    }

    private RemotingFrame ask(String clientId, String topic, String strategy) {
        String body = "{\"topic\":\"" + topic + "\",\"consumerGroup\":\"billing\",\"clientId\":\"" + clientId
                + "\",\"strategyName\":\"" + strategy + "\",\"messageModel\":\"CLUSTERING\"}";
        return broker.connect().ask(RequestCode.QUERY_ASSIGNMENT, Map.of(), body);
    }

    private List<Integer> queues(String clientId, String topic) {
        RemotingFrame answer = ask(clientId, topic, "AVG");
        assertDone(answer);
        return QUEUE_ID.matcher(TestClient.text(answer))
                .results()
                .map(MatchResult::group)
                .map(text -> Integer.parseInt(text.substring(text.indexOf(':') + 1)))
                .toList();
    }

    private RemotingFrame setMode(String topic, String group, String mode, int sharedCount) {
        String body = "{\"topic\":\"" + topic + "\",\"consumerGroup\":\"" + group + "\",\"mode\":\"" + mode
                + "\",\"popShareQueueNum\":" + sharedCount + "}";
        return broker.connect().ask(RequestCode.SET_MESSAGE_REQUEST_MODE, Map.of(), body);
    }

    @Test
    void queuesAreSharedOutUntilSomethingElseIsSaid() {
        join("a", "orders");
        join("b", "orders");
        assertThat(TestClient.text(ask("a", "orders", "AVG"))).contains("\"mode\":\"PULL\"");
        assertThat(queues("a", "orders")).containsExactly(0, 1);
        assertThat(queues("b", "orders")).containsExactly(2, 3);
        assertThat(queues("c", "orders")).isEmpty();
    }

    @Test
    void whereMessagesAreTakenByLeaseEveryMemberTakesFromAnyQueue() {
        join("a", "orders");
        join("b", "orders");
        assertDone(setMode("orders", "billing", "POP", 0));
        assertThat(members.get(0)
                        .awaitRequest(RequestCode.NOTIFY_CONSUMER_IDS_CHANGED)
                        .get("consumerGroup"))
                .isEqualTo("billing");
        assertThat(TestClient.text(ask("a", "orders", "AVG"))).contains("\"mode\":\"POP\"");
        assertThat(queues("a", "orders")).containsExactly(-1);
        assertThat(queues("b", "orders")).containsExactly(-1);
        assertDone(setMode("orders", "billing", "PULL", 0));
        assertThat(queues("a", "orders")).containsExactly(0, 1);
    }

    @Test
    void queuesCanBeSharedWithSomeMembersOnly() {
        join("a", "orders");
        join("b", "orders");
        join("c", "orders");
        join("d", "orders");
        assertDone(setMode("orders", "billing", "POP", 1));
        assertThat(queues("a", "orders")).containsExactly(0, 1);
        assertThat(queues("d", "orders")).containsExactly(3, 0);
    }

    @Test
    void theRetryTopicIsPulledByNobodyWhereEverythingIsTakenByLease() {
        join("a", "orders", "others", "%RETRY%billing");
        assertThat(queues("a", "%RETRY%billing")).containsExactly(0);
        assertDone(setMode("orders", "billing", "POP", 0));
        assertThat(queues("a", "%RETRY%billing")).containsExactly(0);
        assertDone(setMode("others", "billing", "POP", 0));
        assertThat(queues("a", "%RETRY%billing")).isEmpty();
    }

    @Test
    void whereThereIsNothingToSayTheClientKeepsWhatItHas() {
        assertThat(TestClient.text(ask("a", "orders", "AVG"))).isEqualTo("{}");
        join("a", "orders");
        assertThat(TestClient.text(ask("a", "nowhere", "AVG"))).isEqualTo("{}");
    }

    @Test
    void aStrategyThatIsNotKnownIsRefused() {
        join("a", "orders");
        RemotingFrame refused = ask("a", "orders", "CONSISTENT_HASH");
        assertThat(refused.code()).isEqualTo(ResponseCode.INVALID_PARAMETER);
        assertThat(refused.remark()).isEqualTo("strategyName: 'CONSISTENT_HASH' (expected: AVG or AVG_BY_CIRCLE)");
        assertDone(setMode("orders", "billing", "POP", 0));
        assertDone(ask("a", "orders", "CONSISTENT_HASH"));
    }

    @Test
    void aModeIsForTopicsAndGroupsThatExist() {
        join("a", "orders");
        assertThat(setMode("%RETRY%billing", "billing", "POP", 0).code()).isEqualTo(ResponseCode.NO_PERMISSION);
        assertThat(setMode("nowhere", "billing", "POP", 0).code()).isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
        assertThat(setMode("orders", "no group", "POP", 0).code()).isEqualTo(ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST);
        assertThat(setMode("orders", "billing", "PUSH", 0).code()).isEqualTo(ResponseCode.INVALID_PARAMETER);
        assertThat(setMode("orders", "billing", "POP", -1).code()).isEqualTo(ResponseCode.INVALID_PARAMETER);
    }
}
