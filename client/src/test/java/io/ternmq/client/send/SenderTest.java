package io.ternmq.client.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.Message;
import io.ternmq.Partition;
import io.ternmq.client.message.Bodies;
import io.ternmq.client.route.NameServers;
import io.ternmq.client.route.Routes;
import io.ternmq.client.wire.ConnectionLimits;
import io.ternmq.client.wire.ConnectionSettings;
import io.ternmq.client.wire.Connections;
import io.ternmq.client.wire.LocalBroker;
import io.ternmq.client.wire.LocalServer;
import io.ternmq.engine.OutgoingMessage;
import io.ternmq.protocol.remoting.RequestCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SenderTest {

    private final LocalServer server = new LocalServer(asked -> null);
    private final Connections connections = new Connections(
            new ConnectionSettings(1, ConnectionLimits.DEFAULT, Optional.empty(), Optional.empty()), System::nanoTime);
    private final Routes routes =
            new Routes(new NameServers(connections, List.of(server.address())), connections, System::nanoTime, 5_000);
    private final Sender sender =
            new Sender(new SendTerms("producers", 2_000, routes), new Bodies(4_096), System::currentTimeMillis);

    @AfterEach
    void close() {
        connections.close();
        server.close();
    }

    @Test
    void nothingOvertakesWhatGathersForItsPartition() {
        server.behave(LocalBroker.routes(Map.of("a", server.address()), asked -> null));
        Partition partition = routes.writable("orders").join().get(0);
        for (int i = 0; i < 4; i++) {
            int underWay = i + 1;
            CompletableFuture<?> unused = sender.send(partition, message("first"));
            await().until(() ->
                    LocalBroker.asked(server, RequestCode.SEND_MESSAGE_V2).size() == underWay);
        }
        CompletableFuture<?> unusedOne = sender.send(partition, message("one"));
        CompletableFuture<?> unusedTwo = sender.send(partition, List.of(message("two"), message("three")));
        await().until(() -> server.asked().size() == 7);
        assertThat(server.asked())
                .extracting(LocalServer.Asked::code)
                .endsWith(RequestCode.SEND_MESSAGE_V2, RequestCode.SEND_BATCH_MESSAGE);
    }

    private static OutgoingMessage message(String id) {
        return new OutgoingMessage(id, Message.to("orders"), new byte[] {1});
    }
}
