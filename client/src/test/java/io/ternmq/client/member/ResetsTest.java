package io.ternmq.client.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.Partition;
import io.ternmq.client.wire.Call;
import io.ternmq.client.wire.ConnectionLimits;
import io.ternmq.client.wire.ConnectionSettings;
import io.ternmq.client.wire.Connections;
import io.ternmq.client.wire.LocalServer;
import io.ternmq.client.wire.LocalServer.Answer;
import io.ternmq.protocol.remoting.RequestCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResetsTest {

    private static final String BODY =
            "{\"offsetTable\":{{\"brokerName\":\"a\",\"queueId\":2,\"topic\":\"orders\"}:7}}";

    private final LocalServer server = new LocalServer(asked -> Answer.ok(Map.of()));
    private final Connections connections = new Connections(
            new ConnectionSettings(1, ConnectionLimits.DEFAULT, Optional.empty(), Optional.empty()), System::nanoTime);
    private final Resets resets = new Resets(connections);
    private final List<Map<Partition, Long>> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        connections.close();
        server.close();
    }

    private void push(String group) {
        new Call(RequestCode.HEART_BEAT, "connect", 5_000)
                .expect(connections.to(server.address()))
                .join();
        server.push(RequestCode.RESET_CONSUMER_CLIENT_OFFSET, Map.of("group", group, "topic", "orders"), BODY);
    }

    @Test
    void whoReadsPartitionsOfTheGroupHearsWhereToGoOn() {
        Runnable end = resets.listen("billing", heard::add);
        push("billing");
        await().until(() -> heard.size() == 1);
        assertThat(heard.get(0)).isEqualTo(Map.of(new Partition("orders", "a", 2), 7L));

        end.run();
        List<Map<Partition, Long>> last = new CopyOnWriteArrayList<>();
        resets.listen("billing", last::add);
        push("billing");
        await().until(() -> last.size() == 1);
        assertThat(heard).hasSize(1);
    }

    @Test
    void othersHearNothing() {
        resets.listen("shipping", heard::add);
        List<Map<Partition, Long>> last = new CopyOnWriteArrayList<>();
        resets.listen("billing", last::add);
        push("billing");
        await().until(() -> last.size() == 1);
        assertThat(heard).isEmpty();
    }
}
