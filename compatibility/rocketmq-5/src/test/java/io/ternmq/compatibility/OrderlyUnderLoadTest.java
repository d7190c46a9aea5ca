package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Consumers in order come, stop and are killed while messages are sent: each queue has one holder at a time, its messages come one
 * after the other, and none is lost. Locks last three seconds here, and the clients are told to trust them less.
 */
class OrderlyUnderLoadTest {
    private static final int QUEUES = 4;
    private static final int MESSAGES_BETWEEN = 100;
    private static final Duration LONG = Duration.ofSeconds(90);

    private static final OrderlyProcess.Ways QUICK = new OrderlyProcess.Ways(
            Map.of(
                    "rocketmq.client.rebalance.lockInterval", "500",
                    "rocketmq.client.rebalance.lockMaxLiveTime", "1500",
                    "rocketmq.client.rebalance.waitInterval", "500",
                    "rocketmq.client.unlockDelayTimeMills", "500"),
            1_000,
            5);

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    private final Holdings holdings = new Holdings();
    private final Deliveries deliveries = new Deliveries();
    private final List<OrderlyProcess> processes = new ArrayList<>();
    private ServerProcess server;

    @BeforeEach
    void startServer() {
        server = ServerProcess.start(Map.of("group.order-lock-time", "3s"));
        mq.connectTo(server.address());
    }

    @AfterEach
    void close() {
        processes.forEach(OrderlyProcess::close);
        if (server != null) {
            mq.closeClients();
            server.close();
        }
    }

    private OrderlyProcess start(String group, String topic, String name) throws Exception {
        var noted = new OrderlyProcess.Noted(name, holdings, deliveries);
        var process = OrderlyProcess.start(mq.address(), group, topic, QUICK, noted);
        processes.add(process);
        return process;
    }

    private void awaitMore(String name) {
        int before = holdings.countOf(name);
        Waiting.within(LONG).until(() -> holdings.countOf(name) >= before + MESSAGES_BETWEEN);
    }

    @Test
    void eachQueueHasOneHolderAndItsOrderWhoeverComesAndGoes() throws Exception {
        String topic = mq.topic(QUEUES);
        String group = newGroup();
        try (var load = Load.start(mq.producer(), topic)) {
            start(group, topic, "survivor");
            awaitMore("survivor");
            OrderlyProcess killed = start(group, topic, "killed");
            awaitMore("killed");
            killed.kill();
            awaitMore("survivor");
            OrderlyProcess stopped = start(group, topic, "stopped");
            awaitMore("stopped");
            stopped.stop();
            awaitMore("survivor");
            Set<String> sent = load.stop();
            assertThat(load.refusals()).isEmpty();
            Waiting.within(LONG).until(() -> deliveries.bodyCount() >= sent.size());
            assertThat(deliveries.bodies()).containsAll(sent);
        }
        for (int queueId = 0; queueId < QUEUES; queueId++) {
            holdings.assertInOrderByOneAtATime(queueId);
        }
    }
}
