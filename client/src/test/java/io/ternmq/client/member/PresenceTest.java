package io.ternmq.client.member;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ternmq.Filter;
import io.ternmq.StartAt;
import io.ternmq.UnavailableException;
import io.ternmq.client.route.NameServers;
import io.ternmq.client.route.Routes;
import io.ternmq.client.wire.ConnectionLimits;
import io.ternmq.client.wire.ConnectionSettings;
import io.ternmq.client.wire.Connections;
import io.ternmq.client.wire.LocalBroker;
import io.ternmq.client.wire.LocalServer;
import io.ternmq.client.wire.LocalServer.Answer;
import io.ternmq.engine.MemberTerms;
import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PresenceTest {

    private static final Duration HEARTBEAT = Duration.ofSeconds(30);

    private final LocalServer server = new LocalServer(asked -> null);
    private final TurnedTimer timer = new TurnedTimer();
    private final Connections connections = new Connections(
            new ConnectionSettings(1, ConnectionLimits.DEFAULT, Optional.empty(), Optional.empty()), System::nanoTime);
    private final Routes routes =
            new Routes(new NameServers(connections, List.of(server.address())), connections, System::nanoTime, 5_000);
    private final Presence presence =
            new Presence(new Presence.Parts("me", connections, routes, System::currentTimeMillis, 5_000), timer);

    @AfterEach
    void close() {
        connections.close();
        server.close();
    }

    private void serve() {
        server.behave(LocalBroker.routes(Map.of("a", server.address()), asked -> Answer.ok(Map.of())));
    }

    private List<String> heartbeats() {
        return LocalBroker.asked(server, RequestCode.HEART_BEAT).stream()
                .map(asked -> new String(asked.body(), UTF_8))
                .toList();
    }

    @Test
    void aProducerWhoseFirstAnnouncementFailsIsAnnouncedWithTheNextHeartbeat() {
        server.behave(asked -> new Answer(ResponseCode.SYSTEM_ERROR, Map.of()));
        assertThatThrownBy(() -> presence.joinProducers("payments").join())
                .hasCauseInstanceOf(UnavailableException.class);
        serve();
        timer.turn(HEARTBEAT);
        await().until(() -> heartbeats().size() == 1);
        assertThat(heartbeats().get(0)).contains("payments");
        timer.turn(HEARTBEAT);
        await().until(() -> heartbeats().size() == 2);
    }

    @Test
    void whoJoinsAgainAfterAFailureIsAnnouncedAgain() {
        server.behave(asked -> new Answer(ResponseCode.SYSTEM_ERROR, Map.of()));
        assertThatThrownBy(() -> presence.joinProducers("payments").join())
                .hasCauseInstanceOf(UnavailableException.class);
        serve();
        presence.joinProducers("payments").join();
        assertThat(heartbeats()).singleElement().asString().contains("payments");
    }

    @Test
    void whoJoinsWhileAnotherDoesWaitsForTheSameAnnouncement() {
        CompletableFuture<Void> first = presence.joinProducers("payments");
        CompletableFuture<Void> second = presence.joinProducers("payments");
        await().until(() -> server.asked().size() == 1);
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        server.disconnectAll();
        assertThatThrownBy(second::join).hasCauseInstanceOf(UnavailableException.class);
    }

    @Test
    void joiningNeedsNoBrokerInParticular() {
        Map<String, HostPort> brokers = new TreeMap<>();
        brokers.put("a", new HostPort("127.0.0.1", 1));
        brokers.put("b", server.address());
        server.behave(LocalBroker.routes(
                brokers,
                asked -> asked.code() == RequestCode.GET_CONSUMER_LIST_BY_GROUP
                        ? Answer.ok("{\"consumerIdList\":[\"me\",\"other\"]}")
                        : Answer.ok(Map.of())));
        MemberTerms terms = new MemberTerms(
                "billing",
                MemberTerms.Mode.LEASED,
                Map.of("orders", Filter.sql("price > 5")),
                false,
                Optional.empty(),
                StartAt.EARLIEST);
        Presence.Seat seat = presence.join(terms, () -> {}).join();
        assertThat(seat.clients()).containsExactly("me", "other");
        assertThat(LocalBroker.asked(server, RequestCode.CHECK_CLIENT_CONFIG)).hasSize(1);
    }

    @Test
    void aLaneIsLeftWhenItsLastMemberHereGoes() {
        serve();
        Presence.Seat base = presence.join(terms(Optional.empty()), () -> {}).join();
        Presence.Seat first =
                presence.join(terms(Optional.of("blue")), () -> {}).join();
        Presence.Seat second =
                presence.join(terms(Optional.of("blue")), () -> {}).join();

        first.leave().join();
        assertThat(left()).isEmpty();
        second.leave().join();
        assertThat(left())
                .containsExactly(
                        Map.of("clientID", "me", "consumerGroup", "billing", "lane", "blue", "topic", "orders"));
        base.leave().join();
        assertThat(left()).hasSize(2).element(1).isEqualTo(Map.of("clientID", "me", "consumerGroup", "billing"));
    }

    private List<Map<String, String>> left() {
        return LocalBroker.asked(server, RequestCode.UNREGISTER_CLIENT).stream()
                .map(LocalServer.Asked::fields)
                .toList();
    }

    private static MemberTerms terms(Optional<String> lane) {
        return new MemberTerms(
                "billing", MemberTerms.Mode.LEASED, Map.of("orders", Filter.all()), false, lane, StartAt.EARLIEST);
    }

    @Test
    void aBrokerThatRoutesNameNoMoreIsToldNothingMore() {
        server.behave(LocalBroker.routes(
                Map.of("a", new HostPort("127.0.0.1", 1), "b", server.address()), asked -> Answer.ok(Map.of())));
        assertThat(routes.route("orders").join().brokers()).hasSize(2);
        assertThat(routes.brokers()).hasSize(2);
        serve();
        routes.forget("orders");
        assertThat(routes.route("orders").join().brokers()).hasSize(1);
        assertThat(routes.brokers()).containsExactly(server.address());
    }
}
