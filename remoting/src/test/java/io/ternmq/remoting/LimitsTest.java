package io.ternmq.remoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ternmq.broker.access.CannotListenException;
import io.ternmq.broker.traffic.Rate;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.protocol.remoting.WireLimits;
import io.ternmq.remoting.connection.ConnectionLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
    private static final WireLimits SMALL_FRAMES = new WireLimits(64 * 1024, 8 * 1024, 64);

    @Test
    void anUnknownCodeIsAnsweredSo(@TempDir Path folder) {
        try (BrokerFixture broker = new BrokerFixture(folder)) {
            RemotingFrame answer = broker.connect().ask(31_999, Map.of());

            assertThat(answer.code()).isEqualTo(ResponseCode.REQUEST_CODE_NOT_SUPPORTED);
            assertThat(answer.remark()).contains("31999");
        }
    }

    @Test
    void garbageEndsItsOwnConnectionOnly(@TempDir Path folder) {
        try (BrokerFixture broker = new BrokerFixture(folder)) {
            TestClient good = broker.connect();
            TestClient bad = broker.connect();
            bad.writeRaw("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            await().until(bad::isEnded);

            assertThat(good.ask(RequestCode.GET_BROKER_CLUSTER_INFO, Map.of()).code())
                    .isEqualTo(ResponseCode.SUCCESS);
        }
    }

    @Test
    void aConnectionTooManyIsRefused(@TempDir Path folder) {
        try (BrokerFixture broker = new BrokerFixture(folder, settings(limits(1, 100, 1 << 20, 1 << 20)))) {
            TestClient first = broker.connect();
            first.ask(RequestCode.GET_BROKER_CLUSTER_INFO, Map.of());
            TestClient second = broker.connect();

            await().until(second::isEnded);

            first.close();
            await().until(() -> {
                TestClient third = broker.connect();
                third.writeRaw(new byte[] {0});
                return !third.isEnded();
            });
        }
    }

    @Test
    void moreRequestsThanMayBeUnderWayAreAnsweredInTheirTurn(@TempDir Path folder) {
        try (BrokerFixture broker = new BrokerFixture(folder, settings(limits(10, 4, 1 << 20, 1 << 20)))) {
            TestClient client = broker.connect();
            int last = 0;
            for (int i = 0; i < 100; i++) {
                last = client.send(
                        RequestCode.SEND_MESSAGE_V2, BrokerFixture.sendFields("orders", 0, Map.of()), new byte[100]);
            }

            assertThat(client.awaitAnswer(last).code()).isEqualTo(ResponseCode.SUCCESS);
            await().until(() -> client.receivedCount() == 100);
        }
    }

    @Test
    void aFrameThatIsTooLongEndsItsConnection(@TempDir Path folder) {
        try (BrokerFixture broker = new BrokerFixture(folder, settings(limits(10, 4, 1 << 20, 1 << 20)))) {
            TestClient client = broker.connect();

            client.writeRaw(new byte[] {0x7f, 0, 0, 0});

            await().until(client::isEnded);
        }
    }

    @Test
    void unfinishedFramesAreBoundedOverAllConnections(@TempDir Path folder) {
        try (BrokerFixture broker = new BrokerFixture(folder, settings(limits(10, 4, 1 << 20, 100 * 1024)))) {
            byte[] unfinished = new byte[40 * 1024];
            unfinished[1] = 1; // a frame of 64 KiB
            unfinished[2] = 0;
            TestClient[] clients = {broker.connect(), broker.connect(), broker.connect()};
            for (TestClient client : clients) {
                client.writeRaw(unfinished);
            }

            await().until(() -> clients[0].isEnded() || clients[1].isEnded() || clients[2].isEnded());
        }
    }

    @Test
    void aClientThatDoesNotReadCostsBoundedMemoryAndOthersNothing(@TempDir Path folder) {
        try (BrokerFixture broker = new BrokerFixture(folder)) {
            TestClient good = broker.connect();
            for (int i = 0; i < 64; i++) {
                BrokerFixture.send(good, "orders", 0, "x".repeat(32 * 1024), Map.of());
            }
            TestClient deaf = broker.connect();
            int last = 0;
            for (int i = 0; i < 150; i++) {
                last = deaf.send(RequestCode.PULL_MESSAGE, BrokerFixture.pullFields("g", "orders", 0, 0), new byte[0]);
            }

            assertThat(good.ask(RequestCode.GET_BROKER_CLUSTER_INFO, Map.of()).code())
                    .isEqualTo(ResponseCode.SUCCESS);
            assertThat(deaf.awaitAnswer(last).code()).isEqualTo(ResponseCode.SUCCESS);
            await().until(() -> deaf.receivedCount() == 150);
        }
    }

    @Test
    void clientsThatDoNotReadCostBoundedMemoryTogether(@TempDir Path folder) {
        try (BrokerFixture broker = new BrokerFixture(folder, settings(limits(100, 100, 1 << 20, 1 << 20)))) {
            TestClient good = broker.connect();
            for (int i = 0; i < 16; i++) {
                BrokerFixture.send(good, "orders", 0, "x".repeat(32 * 1024), Map.of());
            }
            Map<String, Object> pull = BrokerFixture.pullFields("g", "orders", 0, 0);
            List<TestClient> deaf = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                deaf.add(broker.connect());
            }

            await().until(() -> {
                deaf.forEach(client -> client.send(RequestCode.PULL_MESSAGE, pull, new byte[0]));
                return good.ask(RequestCode.PULL_MESSAGE, pull).code() == ResponseCode.SYSTEM_BUSY;
            });

            assertThat(good.ask(RequestCode.GET_BROKER_CLUSTER_INFO, Map.of()).code())
                    .isEqualTo(ResponseCode.SUCCESS);
            assertThat(BrokerFixture.send(good, "orders", 0, "x", Map.of()).code())
                    .isEqualTo(ResponseCode.SUCCESS);
        }
    }

    @Test
    void aTakenPortIsAnErrorThatNamesIt(@TempDir Path folder) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RemotingSettings settings = RemotingSettings.of(BrokerFixture.HOST, 0, taken.getLocalPort());

            assertThatThrownBy(() -> new BrokerFixture(folder, settings).close())
                    .isInstanceOf(CannotListenException.class)
                    .hasMessageContaining(BrokerFixture.HOST + ":" + taken.getLocalPort());
        }
    }

    @Test
    void theNameServersPortAnswersToo(@TempDir Path folder) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (BrokerFixture broker = new BrokerFixture(folder, RemotingSettings.of(BrokerFixture.HOST, port, 0));
                TestClient client = new TestClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            assertThat(broker.server().nameServerPort()).isEqualTo(port);
            assertThat(client.ask(RequestCode.GET_BROKER_CLUSTER_INFO, Map.of()).code())
                    .isEqualTo(ResponseCode.SUCCESS);
        }
    }

    private static RemotingSettings settings(ConnectionLimits limits) {
        return RemotingSettings.of(BrokerFixture.HOST, 0, 0).withLimits(limits);
    }

    private static ConnectionLimits limits(
            int connectionsMax, int requestsInFlightMax, long bytesInFlightMax, long unparsedBytesMax) {
        return new ConnectionLimits(
                SMALL_FRAMES,
                connectionsMax,
                requestsInFlightMax,
                8,
                bytesInFlightMax,
                unparsedBytesMax,
                1 << 20,
                256 * 1024,
                64 * 1024,
                30_000,
                120_000,
                Rate.UNLIMITED);
    }
}
