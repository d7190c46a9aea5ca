package io.ternmq.compatibility.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.AllocationStrategies;
import io.ternmq.Message;
import io.ternmq.TernMQ;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Partitions that somebody adds while a client runs. It looks at its routes every 30 s, and is told nothing. */
class AddedPartitionsTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PARTITIONS = 3;

    @Test
    void producersAndBothKindsOfConsumersFindThem() {
        String topic = SERVER.name("growing");
        Set<Integer> sentTo = ConcurrentHashMap.newKeySet();
        Set<Integer> leasedFrom = ConcurrentHashMap.newKeySet();
        Set<Integer> readFrom = ConcurrentHashMap.newKeySet();
        try (TernMQ mq = SERVER.open();
                TernMQ operator = SERVER.open()) {
            operator.admin().putTopic(topic, 1);
            mq.consumer(SERVER.name("leasing"))
                    .on(topic, message -> leasedFrom.add(message.partition().id()))
                    .start();
            mq.consumer(SERVER.name("sharing"))
                    .on(topic, message -> readFrom.add(message.partition().id()))
                    .allocate(AllocationStrategies.average())
                    .start();
            send(mq, topic, sentTo);
            await().atMost(PATIENCE).until(() -> leasedFrom.contains(0) && readFrom.contains(0));
            assertThat(sentTo).containsExactly(0);

            operator.admin().putTopic(topic, PARTITIONS);
            await().atMost(PATIENCE).pollInSameThread().until(() -> {
                send(mq, topic, sentTo);
                return sentTo.size() == PARTITIONS && leasedFrom.size() == PARTITIONS && readFrom.size() == PARTITIONS;
            });
        }
    }

    private static void send(TernMQ mq, String topic, Set<Integer> sentTo) {
        sentTo.add(mq.send(Message.to(topic).body("x")).partition().id());
    }
}
