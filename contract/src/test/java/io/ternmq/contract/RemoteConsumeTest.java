package io.ternmq.contract;

import static org.awaitility.Awaitility.await;

import io.ternmq.TernMQ;
import io.ternmq.TernMQBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A queue on a server, over the network. */
class RemoteConsumeTest extends ConsumeContract {

    private static RemoteServer server;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        server = RemoteServer.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void membersByLeaseAreToldWhoComesAndGoes() {
        List<List<String>> told = new CopyOnWriteArrayList<>();
        mq.consumer(group)
                .on(topic, message -> {})
                .membership((members, partitions) -> told.add(members))
                .start();
        TernMQ other = queue().instance("till-8").open();
        other.consumer(group).on(topic, message -> {}).start();
        await().atMost(Duration.ofSeconds(40)).until(() -> told.contains(List.of("till-7", "till-8")));
        other.close();
        await().atMost(Duration.ofSeconds(40))
                .until(() -> told.get(told.size() - 1).equals(List.of("till-7")));
    }

    @Override
    TernMQBuilder queue() {
        return TernMQ.at(server.address());
    }
}
