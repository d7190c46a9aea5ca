package io.ternmq.client.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.Unpooled;
import io.ternmq.ClosedException;
import io.ternmq.InvalidRequestException;
import io.ternmq.Partition;
import io.ternmq.client.json.JsonObject;
import io.ternmq.client.wire.ConnectionLimits;
import io.ternmq.client.wire.ConnectionSettings;
import io.ternmq.client.wire.Connections;
import io.ternmq.client.wire.LocalServer;
import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.protocol.remoting.ResponseCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoutesTest {

    private static final String BODY = """
            {"brokerDatas":[{"brokerAddrs":{0:"10.0.0.1:10911","1":"10.0.0.2:10911"},"brokerName":"a","cluster":"c"},
              {"brokerAddrs":{"0":"10.0.0.3:10911"},"brokerName":"b","cluster":"c"},
              {"brokerAddrs":{"1":"10.0.0.4:10911"},"brokerName":"copy","cluster":"c"}],
             "queueDatas":[{"brokerName":"b","perm":4,"readQueueNums":1,"writeQueueNums":2},
              {"brokerName":"a","perm":6,"readQueueNums":3,"writeQueueNums":2},
              {"brokerName":"copy","perm":6,"readQueueNums":3,"writeQueueNums":2}]}""";

    private final LocalServer server =
            new LocalServer(asked -> new LocalServer.Answer(ResponseCode.TOPIC_NOT_EXIST, Map.of()));
    private final Connections connections = new Connections(
            new ConnectionSettings(1, ConnectionLimits.DEFAULT, Optional.empty(), Optional.empty()), System::nanoTime);
    private final Routes routes = new Routes(
            new NameServers(connections, List.of(new HostPort("127.0.0.1", 1), server.address())),
            connections,
            System::nanoTime,
            2_000);

    @AfterEach
    void close() {
        connections.close();
        server.close();
    }

    @Test
    void aRouteSaysWhatCanBeReadAndWrittenWhere() {
        TopicRoute route = TopicRoute.read("t", JsonObject.read(Unpooled.wrappedBuffer(BODY.getBytes(UTF_8))));
        assertThat(route.writable()).containsExactly(new Partition("t", "a", 0), new Partition("t", "a", 1));
        assertThat(route.readable())
                .containsExactly(
                        new Partition("t", "a", 0),
                        new Partition("t", "a", 1),
                        new Partition("t", "a", 2),
                        new Partition("t", "b", 0));
        assertThat(route.brokers())
                .containsEntry("a", new HostPort("10.0.0.1", 10_911))
                .doesNotContainKey("copy");
    }

    @Test
    void whatNoServerKnowsCannotBeReadNorWritten() {
        assertThat(routes.readable("t").join()).isEmpty();
        assertThatThrownBy(() -> routes.writable("t").join())
                .hasCauseInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'t'");
    }

    @Test
    void anotherNameServerIsAskedWhenOneIsNotThere() {
        assertThat(routes.readable("t").join()).isEmpty();
        assertThat(server.asked()).isNotEmpty();
        assertThat(server.asked().element().fields()).containsEntry("topic", "t");
    }

    @Test
    void whoAsksWhenAllIsClosedIsToldSoAlsoByTheSecondNameServer() {
        connections.close();
        assertThatThrownBy(() -> routes.readable("t").join()).hasCauseInstanceOf(ClosedException.class);
    }

    @Test
    void whoWaitsForANameServerWhenAllIsClosedIsToldSo() {
        server.behave(asked -> null);
        CompletableFuture<?> first = routes.readable("t");
        await().until(() -> !server.asked().isEmpty());
        connections.close();
        assertThat(first).failsWithin(Duration.ofSeconds(5));
    }

    @Test
    void whoAsksForTheSameTopicAtTheSameTimeSharesTheAnswer() {
        server.behave(asked -> null);
        CompletableFuture<List<Partition>> first = routes.readable("t");
        await().until(() -> server.asked().size() == 1);
        CompletableFuture<List<Partition>> second = routes.readable("t");
        server.behave(asked -> new LocalServer.Answer(ResponseCode.TOPIC_NOT_EXIST, Map.of()));
        routes.forget("t");
        assertThat(routes.readable("t").join()).isEmpty();
        assertThat(server.asked()).hasSize(2);
        connections.close();
        assertThat(first).failsWithin(Duration.ofSeconds(5));
        assertThat(second).failsWithin(Duration.ofSeconds(5));
    }

    @Test
    void partitionsThatAreAddedAreSeenWhenARouteHasGrownOldAndIsUsed() {
        AtomicLong nowNs = new AtomicLong();
        Routes turned =
                new Routes(new NameServers(connections, List.of(server.address())), connections, nowNs::get, 2_000);
        serve(1);
        assertThat(turned.writable("t").join()).hasSize(1);
        serve(3);

        nowNs.addAndGet(TimeUnit.MILLISECONDS.toNanos(Routes.REFRESH_MS - 1));
        assertThat(turned.writable("t").join()).hasSize(1);
        assertThat(server.asked()).hasSize(1);
        nowNs.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(turned.writable("t").join())
                .as("nobody waits for the new one")
                .hasSize(1);
        await().until(() -> turned.writable("t").join().size() == 3);
        assertThat(turned.readable("t").join()).hasSize(3);
        assertThat(server.asked()).hasSize(2);
    }

    private void serve(int partitions) {
        String route = """
                {"brokerDatas":[{"brokerAddrs":{"0":"10.0.0.1:10911"},"brokerName":"a","cluster":"c"}],
                 "queueDatas":[{"brokerName":"a","perm":6,"readQueueNums":%1$d,"writeQueueNums":%1$d}]}""".formatted(partitions);
        server.behave(asked -> LocalServer.Answer.ok(route));
    }
}
