package io.ternmq.client.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.OutcomeUnknownException;
import io.ternmq.Partition;
import io.ternmq.SendReceipt;
import io.ternmq.TransactionChecker.Decision;
import io.ternmq.client.route.NameServers;
import io.ternmq.client.route.Routes;
import io.ternmq.client.send.PreparedMessage;
import io.ternmq.client.wire.ConnectionLimits;
import io.ternmq.client.wire.ConnectionSettings;
import io.ternmq.client.wire.Connections;
import io.ternmq.client.wire.LocalBroker;
import io.ternmq.client.wire.LocalServer;
import io.ternmq.engine.HalfMessage;
import io.ternmq.protocol.remoting.RequestCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecisionsTest {

    private final LocalServer server = new LocalServer(asked -> null);
    private final Connections connections = new Connections(
            new ConnectionSettings(1, ConnectionLimits.DEFAULT, Optional.empty(), Optional.empty()), System::nanoTime);
    private final Routes routes =
            new Routes(new NameServers(connections, List.of(server.address())), connections, System::nanoTime, 5_000);
    private final Decisions decisions = new Decisions(routes, 300);

    @AfterEach
    void close() {
        connections.close();
        server.close();
    }

    @Test
    void aCommitWhoseAnswerIsLostMayHaveBeenDone() {
        server.behave(LocalBroker.routes(Map.of("a", server.address()), asked -> null));
        Partition partition = routes.writable("orders").join().get(0);
        SendReceipt receipt = new SendReceipt("id", partition, 7, Optional.empty());
        HalfMessage half = decisions.halfMessage(new PreparedMessage(receipt, "shop", 4_096, ""));

        CompletableFuture<Void> commit = half.decide(Decision.COMMIT);

        assertThat(commit)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(OutcomeUnknownException.class);
        assertThat(LocalBroker.asked(server, RequestCode.END_TRANSACTION)).hasSize(1);
    }
}
