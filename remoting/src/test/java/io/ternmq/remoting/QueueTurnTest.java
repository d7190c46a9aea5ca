package io.ternmq.remoting;

import static io.ternmq.remoting.LeasesOverTheWire.bodies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.LeasesOverTheWire.Held;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members of one group, some of which pull and some of which take by lease. */
class QueueTurnTest {
    private static final long LOCK_MS = 15_000;
    private static final int SUSPEND = 2;

    private BrokerFixture broker;
    private TestClient puller;
    private LeasesOverTheWire leases;

    @BeforeEach
    void open(@TempDir Path folder) {
        broker = new BrokerFixture(folder);
        leases = new LeasesOverTheWire(broker, broker.connect(), "billing");
        puller = broker.connect();
        BrokerFixture.send(puller, "orders", 0, "a", Map.of());
        puller.ask(RequestCode.HEART_BEAT, Map.of(), ClientsTest.heartbeat("me", "billing", "orders"));
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private static Map<String, Object> pull(long offset) {
        return BrokerFixture.pullFields("billing", "orders", 0, offset);
    }

    private static Map<String, Object> waitingPull(long offset) {
        Map<String, Object> fields = pull(offset);
        fields.put("sysFlag", 4 | SUSPEND);
        return fields;
    }

    private RemotingFrame commit(long offset) {
        return puller.ask(
                RequestCode.UPDATE_CONSUMER_OFFSET,
                Map.of("consumerGroup", "billing", "topic", "orders", "queueId", 0, "commitOffset", offset));
    }

    private String committed() {
        RemotingFrame answer = puller.ask(
                RequestCode.QUERY_CONSUMER_OFFSET, Map.of("consumerGroup", "billing", "topic", "orders", "queueId", 0));
        return answer.code() == ResponseCode.SUCCESS ? answer.getRequired("offset") : "none";
    }

    private static List<String> pulled(RemotingFrame answer) {
        return SendAndPullTest.records(answer).stream()
                .map(record -> new String(record.body(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void whatAMemberPullsIsNotTakenByLease() {
        assertThat(pulled(puller.ask(RequestCode.PULL_MESSAGE, pull(0)))).containsExactly("a");
        assertThat(leases.take("orders")).isEmpty();
        puller.close();
        await().until(() -> leases.take("orders"), taken -> bodies(taken).equals(List.of("a")));
    }

    @Test
    void aMembersPullOfALeasedQueueFindsNothingAndItsCommitChangesNothing() {
        assertThat(bodies(leases.take("orders"))).containsExactly("a");
        assertThat(puller.ask(RequestCode.PULL_MESSAGE, pull(0)).code()).isEqualTo(ResponseCode.PULL_NOT_FOUND);
        assertThat(commit(1).code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(committed()).isEqualTo("0");
    }

    @Test
    void whoIsNoMemberPullsALeasedQueue() {
        assertThat(bodies(leases.take("orders"))).containsExactly("a");
        RemotingFrame answer = broker.connect().ask(RequestCode.PULL_MESSAGE, pull(0));
        assertThat(pulled(answer)).containsExactly("a");
    }

    @Test
    void aWaitingPullGoesOnBehindWhatWasDoneByLeaseOnceTheLeasesAreOver() {
        for (String body : List.of("b", "c")) {
            BrokerFixture.send(puller, "orders", 0, body, Map.of());
        }
        List<Held> held = leases.take("orders");
        assertThat(bodies(held)).containsExactly("a", "b", "c");
        int waiting = puller.send(RequestCode.PULL_MESSAGE, waitingPull(0), new byte[0]);
        leases.acknowledge(held.get(0));
        leases.acknowledge(held.get(2));
        broker.clock.advance(LeasesOverTheWire.INVISIBLE_MS + LOCK_MS);
        RemotingFrame answer = puller.awaitAnswer(waiting);
        if (answer.code() == ResponseCode.PULL_NOT_FOUND) { // its time was over just then
            answer = puller.ask(RequestCode.PULL_MESSAGE, waitingPull(0));
        }
        assertThat(pulled(answer)).containsExactly("b");
        assertThat(answer.getLong("nextBeginOffset")).isEqualTo(3);
    }

    @Test
    void aMemberThatStandsBehindIsTakenToWhereTheGroupIs() {
        leases.acknowledge(leases.take("orders").get(0));
        broker.clock.advance(LOCK_MS);
        RemotingFrame answer = puller.ask(RequestCode.PULL_MESSAGE, pull(0));
        assertThat(answer.code()).isEqualTo(ResponseCode.PULL_RETRY_IMMEDIATELY);
        assertThat(answer.getLong("nextBeginOffset")).isEqualTo(1);
        commit(0);
        assertThat(committed()).isEqualTo("1");
    }
}
