package io.ternmq.remoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.broker.traffic.Rate;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.connection.ConnectionLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowControlTest {
    private static final int SUSPEND_WITH_SUBSCRIPTION = 4 | 2;

    private BrokerFixture broker;
    private TestClient client;

    @BeforeEach
    void open(@TempDir Path folder) {
        ConnectionLimits defaults = ConnectionLimits.DEFAULT;
        ConnectionLimits limits = new ConnectionLimits(
                defaults.wire(),
                defaults.connectionsMax(),
                defaults.requestsInFlightMax(),
                defaults.waitingPullsMax(),
                defaults.bytesInFlightMax(),
                defaults.unparsedBytesMax(),
                defaults.outboundBytesMax(),
                defaults.writeHighBytes(),
                defaults.writeLowBytes(),
                defaults.stalledMs(),
                defaults.idleMs(),
                new Rate(5, 0));
        broker = new BrokerFixture(
                folder, RemotingSettings.of(BrokerFixture.HOST, 0, 0).withLimits(limits));
        client = broker.connect();
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void aGroupIsGivenNoMoreThanItsRate() {
        putGroup("limit.messages-per-second", "2");
        send(5);

        assertThat(bodies(client.ask(RequestCode.PULL_MESSAGE, pull(0)))).containsExactly("m0", "m1");
        int held = client.send(RequestCode.PULL_MESSAGE, pull(2), new byte[0]);
        client.ask(RequestCode.GET_MAX_OFFSET, Map.of("topic", "orders", "queueId", 0));
        assertThat(client.answer(held)).isNull();
        broker.clock.advance(1_000);
        assertThat(bodies(client.awaitAnswer(held))).containsExactly("m2", "m3");
    }

    @Test
    void aPullIsHeldNoLongerThanItsClientWaits() {
        putGroup("limit.client-bytes-per-second", "1");
        send(2);

        assertThat(bodies(client.ask(RequestCode.PULL_MESSAGE, pull(0)))).containsExactly("m0");
        int held = client.send(RequestCode.PULL_MESSAGE, pull(1), new byte[0]);
        client.ask(RequestCode.GET_MAX_OFFSET, Map.of("topic", "orders", "queueId", 0));
        broker.clock.advance(15_000);
        RemotingFrame over = client.awaitAnswer(held);
        assertThat(over.code()).isEqualTo(ResponseCode.PULL_RETRY_IMMEDIATELY);
        assertThat(over.getLong("nextBeginOffset")).isEqualTo(1);

        TestClient other = broker.connect();
        assertThat(bodies(other.ask(RequestCode.PULL_MESSAGE, pull(1)))).containsExactly("m1");
    }

    @Test
    void aPullThatHasWaitedForAMessageIsHeldNoLongerThanItsClientWaits() {
        putGroup("limit.client-bytes-per-second", "1");
        send(1);
        client.ask(RequestCode.PULL_MESSAGE, pull(0));
        int waiting = client.send(RequestCode.PULL_MESSAGE, pull(1), new byte[0]);
        await().until(() -> broker.shard().figures().waitingConsumers() == 1);
        broker.clock.advance(10_000);
        BrokerFixture.send(client, "orders", 0, "m1", Map.of());
        await().until(() -> broker.shard().figures().waitingConsumers() == 0);
        assertThat(client.answer(waiting)).isNull();
        broker.clock.advance(5_000);
        assertThat(client.awaitAnswer(waiting).code()).isEqualTo(ResponseCode.PULL_RETRY_IMMEDIATELY);
    }

    @Test
    void aGroupWhoseLimitIsTakenAwayGoesOnAtOnce() {
        putGroup("limit.messages-per-second", "1");
        send(5);
        client.ask(RequestCode.PULL_MESSAGE, pull(0));

        client.ask(
                RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP,
                Map.of(),
                "{\"groupName\":\"g\",\"attributes\":{\"-limit.messages-per-second\":\"\"}}");

        assertThat(bodies(client.ask(RequestCode.PULL_MESSAGE, pull(1)))).hasSize(4);
    }

    @Test
    void aGroupThatTakesByLeaseIsHeldToItsRateToo() {
        putGroup("limit.messages-per-second", "2");
        send(5);
        LeasesOverTheWire group = new LeasesOverTheWire(broker, client, "g");

        assertThat(group.take("orders")).hasSize(2);
        int held = client.send(RequestCode.POP_MESSAGE, group.fields("orders"), new byte[0]);
        client.ask(RequestCode.GET_MAX_OFFSET, Map.of("topic", "orders", "queueId", 0));
        assertThat(client.answer(held)).isNull();
        broker.clock.advance(1_000);
        assertThat(LeasesOverTheWire.held(client.awaitAnswer(held), "orders")).hasSize(2);
    }

    @Test
    void whoSendsTooFastIsSlowedAndNotRefused() {
        List<Integer> sent = IntStream.range(0, 8)
                .mapToObj(i -> client.send(
                        RequestCode.SEND_MESSAGE_V2,
                        BrokerFixture.sendFields("orders", 0, Map.of()),
                        ("m" + i).getBytes(StandardCharsets.UTF_8)))
                .toList();

        sent.forEach(opaque -> assertThat(client.awaitAnswer(opaque).code()).isEqualTo(ResponseCode.SUCCESS));
        assertThat(client.ask(RequestCode.GET_MAX_OFFSET, Map.of("topic", "orders", "queueId", 0))
                        .getLong("offset"))
                .isEqualTo(8);
    }

    @Test
    void aRateThatIsNoNumberIsRefusedByName() {
        RemotingFrame refused = client.ask(
                RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP, Map.of(), group("limit.bytes-per-second", "fast"));

        assertThat(refused.code()).isEqualTo(ResponseCode.INVALID_PARAMETER);
        assertThat(refused.remark()).contains("limit.bytes-per-second: 'fast'");
    }

    private void putGroup(String limit, String value) {
        assertThat(client.ask(RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP, Map.of(), group(limit, value))
                        .code())
                .isEqualTo(ResponseCode.SUCCESS);
    }

    private static String group(String limit, String value) {
        return "{\"groupName\":\"g\",\"attributes\":{\"+" + limit + "\":\"" + value + "\"}}";
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            BrokerFixture.send(client, "orders", 0, "m" + i, Map.of());
        }
        await().until(() -> client.ask(RequestCode.GET_MAX_OFFSET, Map.of("topic", "orders", "queueId", 0))
                        .getLong("offset")
                == count);
    }

    private static Map<String, Object> pull(long offset) {
        Map<String, Object> fields = BrokerFixture.pullFields("g", "orders", 0, offset);
        fields.put("sysFlag", SUSPEND_WITH_SUBSCRIPTION);
        return fields;
    }

    private static List<String> bodies(RemotingFrame frame) {
        assertThat(frame.code()).isEqualTo(ResponseCode.SUCCESS);
        return SendAndPullTest.records(frame).stream()
                .map(record -> new String(record.body(), StandardCharsets.UTF_8))
                .toList();
    }
}
