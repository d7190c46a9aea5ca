package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.assignedQueues;
import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.rocketmq.client.ClientConfig;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Queues and permissions of a topic are changed while producers and consumers are at work. */
@SuppressWarnings("deprecation") // what the clients deprecate is what their users still call
class PartitionsTest {
    private static final int READ_WRITE = 6;
    private static final int READ_ONLY = 4;
    private static final int WRITE_ONLY = 2;
    private static final int ROUTE_INTERVAL_MS = 500;

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @BeforeEach
    void leaveOutApacheRocketMq() {
        Assumptions.assumeFalse(SharedBroker.isOutside(), "Apache RocketMQ drops queues that are taken away");
    }

    @Test
    void aTopicGrowsUnderLoad() throws Exception {
        String topic = mq.topic(2);
        var collected = new Collected();
        var consumer = consumer(topic, collected);
        try (var load = Load.start(producer(), topic)) {
            load.awaitMore(50);
            mq.putTopic(topic, 6, READ_WRITE);
            Waiting.soon().until(() -> load.lastQueueId() == 5);
            awaitQueues(consumer, topic, 6);
            load.awaitMore(50);
            assertAllOf(load.stop(), collected);
            assertThat(load.refusals()).isEmpty();
            assertThat(collected.count()).as("with duplicates").isEqualTo(load.count());
        }
    }

    @Test
    void whatIsInQueuesThatAreTakenAwayIsDrained() throws Exception {
        String topic = mq.topic(6);
        try (var load = Load.start(producer(), topic)) {
            load.awaitMore(50);
            mq.putTopic(topic, 2, READ_WRITE);
            var lately = new TreeSet<Integer>();
            Waiting.soon().until(() -> {
                lately.clear();
                IntStream.range(0, 20).forEach(i -> {
                    load.awaitMore(1);
                    lately.add(load.lastQueueId());
                });
                return lately.equals(Set.of(0, 1));
            });
            var collected = new Collected();
            var consumer = consumer(topic, collected);
            assertAllOf(load.stop(), collected);
            assertThat(load.refusals())
                    .as("sends to queues that were just taken away")
                    .isEmpty();
            assertThat(assignedQueues(consumer, topic)).hasSize(6);
        }
    }

    @Test
    void aTopicThatIsWrittenOffRefusesSendsAndIsDrained() throws Exception {
        String topic = mq.topic(2);
        var producer = producer();
        producer.setRetryTimesWhenSendFailed(0);
        try (var load = Load.start(producer, topic)) {
            load.awaitMore(50);
            mq.putTopic(topic, 2, READ_ONLY);
            Waiting.soon().until(() -> !load.refusals().isEmpty());
            var collected = new Collected();
            consumer(topic, collected);
            Waiting.soon().until(() -> !collected.bodies().isEmpty());
            mq.putTopic(topic, 2, READ_WRITE);
            load.awaitMore(10);
            assertAllOf(load.stop(), collected);
        }
    }

    @Test
    void aTopicThatMayOnlyBeWrittenKeepsWhatIsSent() throws Exception {
        String topic = mq.topic(2);
        var collected = new Collected();
        var consumer = consumer(topic, collected);
        awaitQueues(consumer, topic, 2);
        mq.putTopic(topic, 2, WRITE_ONLY);
        try (var load = Load.start(producer(), topic)) {
            load.awaitMore(50);
            Set<String> sent = load.stop();
            assertThat(load.refusals()).isEmpty();
            assertThat(collected.count()).isZero();
            mq.putTopic(topic, 2, READ_WRITE);
            assertAllOf(sent, collected);
        }
    }

    private DefaultMQProducer producer() throws Exception {
        return mq.start(quick(mq.newProducer()));
    }

    private DefaultMQPushConsumer consumer(String topic, Collected collected) throws Exception {
        var consumer = quick(mq.newPushConsumer(newGroup(), topic));
        consumer.registerMessageListener(collected);
        return mq.start(consumer);
    }

    private static <T extends ClientConfig> T quick(T client) {
        client.setPollNameServerInterval(ROUTE_INTERVAL_MS);
        return client;
    }

    /** A consumer looks for itself every 20 s; this hurries it. */
    private static void awaitQueues(DefaultMQPushConsumer consumer, String topic, int count) {
        Waiting.soon().until(() -> {
            consumer.getDefaultMQPushConsumerImpl().doRebalance();
            return assignedQueues(consumer, topic).size() == count;
        });
    }

    private static void assertAllOf(Set<String> sent, Collected collected) {
        Waiting.soon().until(() -> Set.copyOf(collected.bodies()).size() >= sent.size());
        assertThat(Set.copyOf(List.copyOf(collected.bodies()))).as("received").containsAll(sent);
    }
}
