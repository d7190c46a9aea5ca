package io.ternmq.contract;

import static org.awaitility.Awaitility.await;

import io.ternmq.TernMQ;
import io.ternmq.TernMQBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A queue on a server, over the network. */
class RemoteConsumeTest extends ConsumeContract {

    @RegisterExtension
    static final RemoteServer SERVER = new RemoteServer();

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
        return TernMQ.at(SERVER.address());
    }
}
