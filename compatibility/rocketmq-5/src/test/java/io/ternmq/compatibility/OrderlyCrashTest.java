package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.message;
import static io.ternmq.compatibility.RocketMqClients.newGroup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server of consumers in order is killed: who has a queue trusts its lock on, and nobody else gets it meanwhile. */
class OrderlyCrashTest {
    private static final int QUEUES = 2;
    private static final int MESSAGES = 4_000;
    private static final int HELD_MS = 50;

    /** Held since the restart, before all is looked at: five seconds' worth. */
    private static final int HELD_AFTERWARDS = 100;

    /** Says seldom that it is there, renews its locks seldom, and trusts them for 30 s: what clients do by default. */
    private static final OrderlyProcess.Ways PATIENT = new OrderlyProcess.Ways(Map.of(), 30_000, HELD_MS);

    /** Is there at once, and then wants whatever queue seems to be nobody's. */
    private static final OrderlyProcess.Ways EAGER =
            new OrderlyProcess.Ways(Map.of("rocketmq.client.rebalance.waitInterval", "500"), 500, HELD_MS);

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    private final Holdings holdings = new Holdings();
    private final Deliveries deliveries = new Deliveries();
    private final List<OrderlyProcess> processes = new ArrayList<>();
    private ServerProcess server;

    @BeforeEach
    void startServer() {
        server = ServerProcess.start(Map.of());
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

    private OrderlyProcess start(String group, String topic, OrderlyProcess.Ways ways, String name) throws Exception {
        var noted = new OrderlyProcess.Noted(name, holdings, deliveries);
        var process = OrderlyProcess.start(mq.address(), group, topic, ways, noted);
        processes.add(process);
        return process;
    }

    @Test
    void whoHasAQueueIsItsOnlyHolderOverAKill() throws Exception {
        String topic = mq.topic(QUEUES);
        String group = newGroup();
        OrderlyProcess patient = start(group, topic, PATIENT, "patient");
        OrderlyProcess eager = start(group, topic, EAGER, "eager");
        Waiting.soon().ignoreExceptions().until(() -> members(group).size() == 2);
        var producer = mq.producer();
        var queues = mq.queuesOf(topic);
        for (int i = 0; i < MESSAGES; i++) {
            producer.send(message(topic, "m" + i), queues.get(i % QUEUES));
        }
        // each has one queue by now, and far more of its messages than it can hold until all is over
        Waiting.within(Duration.ofSeconds(90))
                .until(() -> holdings.countOf("patient") > 0 && holdings.countOf("eager") > 0);
        mq.closeClients();

        server.kill();
        server.startAgain();
        int before = holdings.countOf("patient");
        Waiting.within(Duration.ofMinutes(4)).until(() -> holdings.countOf("patient") >= before + HELD_AFTERWARDS);
        patient.kill();
        eager.kill();

        for (int queueId = 0; queueId < QUEUES; queueId++) {
            holdings.assertInOrderByOneAtATime(queueId);
        }
    }

    private Set<String> members(String group) throws Exception {
        var members = new HashSet<String>();
        mq.admin()
                .examineConsumerConnectionInfo(group)
                .getConnectionSet()
                .forEach(one -> members.add(one.getClientId()));
        return members;
    }
}
