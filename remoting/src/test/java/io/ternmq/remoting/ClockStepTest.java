package io.ternmq.remoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What waits, while somebody sets the server's clock. */
class ClockStepTest {
    private static final long HOUR_MS = 3_600_000;
    private static final long WAIT_MS = 15_000;

    /** While the shard's time is ahead of the clock it loses an eighth. */
    private static final long WAIT_BY_A_SLOW_TIME_MS = WAIT_MS + WAIT_MS / 7 + 1_000;

    private BrokerFixture broker;
    private TestClient client;

    /** Each of the ways to wait. */
    private enum Wait {
        PULL(RequestCode.PULL_MESSAGE, ResponseCode.PULL_NOT_FOUND),
        POP(RequestCode.POP_MESSAGE, ResponseCode.POLLING_TIMEOUT),
        NOTIFICATION(RequestCode.NOTIFICATION, ResponseCode.SUCCESS);

        private final int code;
        private final int codeAtTheEnd;

        Wait(int code, int codeAtTheEnd) {
            this.code = code;
            this.codeAtTheEnd = codeAtTheEnd;
        }
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        broker = new BrokerFixture(folder);
        client = broker.connect();
        BrokerFixture.send(client, "orders", 0, "first", Map.of());
        LeasesOverTheWire billing = new LeasesOverTheWire(broker, client, "billing");
        billing.take("orders").forEach(held -> LeasesOverTheWire.assertDone(billing.acknowledge(held)));
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private int begin(TestClient from, Wait wait, long bornMs) {
        Map<String, Object> fields = new HashMap<>();
        if (wait == Wait.PULL) {
            fields.putAll(BrokerFixture.pullFields("audit", "orders", 0, 1));
            fields.put("sysFlag", 4 | 2);
            fields.put("suspendTimeoutMillis", WAIT_MS);
        } else {
            fields.putAll(new LeasesOverTheWire(broker, from, "billing").fields("orders"));
            fields.put("pollTime", WAIT_MS);
            fields.put("bornTime", bornMs);
        }
        return from.send(wait.code, fields, new byte[0]);
    }

    private int begin(Wait wait) {
        return begin(client, wait, broker.clock.time());
    }

    /** The shard looks at its time, and at who waits. */
    private void assertWaits(int waiting) {
        for (int i = 0; i < 4; i++) {
            broker.clock.advance(100);
            BrokerFixture.send(client, "others", 0, "has the shard look at its time", Map.of());
        }
        assertThat(client.answer(waiting)).isNull();
    }

    private void assertEnds(int waiting, Wait wait) {
        BrokerFixture.send(client, "others", 0, "has the shard look at its time", Map.of());
        RemotingFrame answer = client.awaitAnswer(waiting);
        assertThat(answer.code()).isEqualTo(wait.codeAtTheEnd);
        if (wait == Wait.NOTIFICATION) {
            assertThat(answer.getRequired("hasMsg")).isEqualTo("false");
        }
    }

    static Stream<Wait> waits() {
        return Stream.of(Wait.values());
    }

    @ParameterizedTest
    @MethodSource("waits")
    void whoComesAfterTheClockWasSetBackWaits(Wait wait) {
        broker.clock.step(-HOUR_MS);

        int waiting = begin(wait);

        assertWaits(waiting);
        broker.clock.advance(WAIT_BY_A_SLOW_TIME_MS);
        assertEnds(waiting, wait);
    }

    @ParameterizedTest
    @MethodSource("waits")
    void whoWaitsWhenTheClockIsSetBackIsAnsweredInTime(Wait wait) {
        int waiting = begin(wait);
        assertWaits(waiting);

        broker.clock.step(-HOUR_MS);
        assertWaits(waiting);
        broker.clock.advance(WAIT_BY_A_SLOW_TIME_MS);

        assertEnds(waiting, wait);
    }

    @ParameterizedTest
    @MethodSource("waits")
    void whoWaitsWhenTheClockIsSetForwardIsAnsweredAndWaitsAnew(Wait wait) {
        int waiting = begin(wait);
        assertWaits(waiting);

        broker.clock.step(HOUR_MS);
        assertEnds(waiting, wait);

        int next = begin(wait);
        assertWaits(next);
        broker.clock.advance(WAIT_MS);
        assertEnds(next, wait);
    }

    @ParameterizedTest
    @MethodSource("waits")
    void aClientsOwnClockDoesNotCount(Wait wait) {
        int waiting = begin(client, wait, broker.clock.time() - HOUR_MS);
        assertWaits(waiting);
        broker.clock.advance(WAIT_MS);
        assertEnds(waiting, wait);
    }

    @Test
    void operatorsSeeHowFarTheClockIsBehind() {
        assertThat(TestClient.text(client.ask(RequestCode.GET_BROKER_RUNTIME_INFO, Map.of())))
                .contains("\"shardTimeAheadMillis\":\"0\"");
        broker.clock.step(-HOUR_MS);
        assertThat(TestClient.text(client.ask(RequestCode.GET_BROKER_RUNTIME_INFO, Map.of())))
                .contains("\"shardTimeAheadMillis\":\"3600000\"");
    }

    @Test
    void whatComesAfterTheClockWasSetBackGoesToWhoStillWaits() {
        TestClient early = broker.connect();
        int given = begin(early, Wait.POP, broker.clock.time());
        Map<String, Object> queues = Map.of("consumerGroup", "billing", "topic", "orders", "queueId", -1);
        await().until(() -> client.ask(RequestCode.POLLING_INFO, queues).getInt("pollingNum") == 1);
        broker.clock.step(-HOUR_MS);
        broker.clock.advance(WAIT_BY_A_SLOW_TIME_MS);
        BrokerFixture.send(client, "others", 0, "has the shard look at its time", Map.of());
        assertThat(early.awaitAnswer(given).code()).isEqualTo(ResponseCode.POLLING_TIMEOUT);

        int waiting = begin(Wait.POP);
        BrokerFixture.send(client, "orders", 1, "second", Map.of());

        assertThat(LeasesOverTheWire.bodies(LeasesOverTheWire.held(client.awaitAnswer(waiting), "orders")))
                .containsExactly("second");
        await().until(() -> early.receivedCount() == 1);
    }
}
