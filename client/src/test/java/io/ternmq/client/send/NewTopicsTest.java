package io.ternmq.client.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.BusyException;
import io.ternmq.client.route.NameServers;
import io.ternmq.client.route.Routes;
import io.ternmq.client.wire.ConnectionLimits;
import io.ternmq.client.wire.ConnectionSettings;
import io.ternmq.client.wire.Connections;
import io.ternmq.client.wire.LocalBroker;
import io.ternmq.client.wire.LocalServer;
import io.ternmq.client.wire.LocalServer.Answer;
import io.ternmq.protocol.remoting.ResponseCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NewTopicsTest {

    private final LocalServer server = new LocalServer(asked -> null);
    private final Connections connections = new Connections(
            new ConnectionSettings(1, ConnectionLimits.DEFAULT, Optional.empty(), Optional.empty()), System::nanoTime);
    private final Routes routes =
            new Routes(new NameServers(connections, List.of(server.address())), connections, System::nanoTime, 5_000);
    private final NewTopics topics = new NewTopics(routes);

    @BeforeEach
    void assume() {
        LocalServer.Behaviour known = LocalBroker.routes(Map.of("a", server.address()), asked -> null);
        server.behave(asked -> Routes.TEMPLATE_TOPIC.equals(asked.fields().get("topic"))
                ? known.answer(asked)
                : new Answer(ResponseCode.TOPIC_NOT_EXIST, Map.of()));
        assertThat(routes.writable("new").join()).hasSize(1);
    }

    @AfterEach
    void close() {
        connections.close();
        server.close();
    }

    @Test
    void whatComesBehindTheFirstWaitsAndGoesOnInOrder() {
        var submitted = new ConcurrentLinkedQueue<Integer>();
        CompletableFuture<Void> first = new CompletableFuture<>();
        topics.submit("new", () -> submitted.add(1), first);
        topics.submit(
                "new",
                () -> {
                    topics.submit("new", () -> submitted.add(4), new CompletableFuture<>());
                    submitted.add(2);
                },
                new CompletableFuture<>());
        topics.submit("new", () -> submitted.add(3), new CompletableFuture<>());
        assertThat(submitted).containsExactly(1);
        first.complete(null);
        assertThat(submitted).containsExactly(1, 2, 3, 4);
        topics.submit("new", () -> submitted.add(5), new CompletableFuture<>());
        assertThat(submitted).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void theLineHasAnEnd() {
        AtomicInteger submitted = new AtomicInteger();
        CompletableFuture<Void> first = new CompletableFuture<>();
        topics.submit("new", submitted::incrementAndGet, first);
        for (int i = 0; i < 10_000; i++) {
            topics.submit("new", submitted::incrementAndGet, new CompletableFuture<>());
        }
        assertThatThrownBy(() -> topics.submit("new", submitted::incrementAndGet, new CompletableFuture<>()))
                .isInstanceOf(BusyException.class)
                .hasMessageContaining("10000");
        first.complete(null);
        assertThat(submitted).hasValue(10_001);
    }
}
