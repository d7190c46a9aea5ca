package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.message;
import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendCallback;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Groups and clients that are held to a rate: slowed, and given everything. */
class FlowControlTest {
    private static final int RATE = 100;
    /** What gathers in a second may go at once. */
    private static final int BURST = RATE;

    private static final int COUNT = 500;

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void aGroupIsGivenItsMessagesAtItsRate() throws Exception {
        try (ServerProcess server = ServerProcess.start(Map.of())) {
            mq.connectTo(server.address());
            String topic = mq.topic(2);
            String group = newGroup();
            var limited = new SubscriptionGroupConfig();
            limited.setGroupName(group);
            limited.getAttributes().put("+limit.messages-per-second", Integer.toString(RATE));
            mq.admin().createAndUpdateSubscriptionGroupConfig(mq.brokerAddress(), limited);
            sendAsync(mq.producer(), topic);
            var arrivals = new CopyOnWriteArrayList<Long>();
            long start = System.nanoTime();
            var consumer = mq.newPushConsumer(group, topic);
            consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
                messages.forEach(message -> arrivals.add(System.nanoTime()));
                return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
            });
            mq.start(consumer);
            Waiting.soon().until(() -> arrivals.size() >= COUNT);
            assertThat(arrivals).hasSize(COUNT);
            assertHeldToTheRate(start, arrivals);
            mq.closeClients();
        }
    }

    @Test
    void aClientThatSendsTooFastIsSlowedAndNotRefused() throws Exception {
        try (ServerProcess server = ServerProcess.start(Map.of("connection.send-rate", Integer.toString(RATE)))) {
            mq.connectTo(server.address());
            String topic = mq.topic(2);
            DefaultMQProducer producer = mq.producer();
            long start = System.nanoTime();
            List<Long> acknowledgements = sendAsync(producer, topic);
            assertThat(acknowledgements).hasSize(COUNT);
            assertHeldToTheRate(start, acknowledgements);
            assertThat(mq.messagesOf(topic, COUNT)).hasSize(COUNT);
            mq.closeClients();
        }
    }

    /** Sends all without waiting. @return when each was acknowledged */
    private static List<Long> sendAsync(DefaultMQProducer producer, String topic) throws Exception {
        var acknowledgements = new CopyOnWriteArrayList<Long>();
        var failures = new CopyOnWriteArrayList<Throwable>();
        for (int i = 0; i < COUNT; i++) {
            producer.send(message(topic, "m" + i), new SendCallback() {
                @Override
                public void onSuccess(SendResult result) {
                    acknowledgements.add(System.nanoTime());
                }

                @Override
                public void onException(Throwable cause) {
                    failures.add(cause);
                }
            });
        }
        Waiting.soon().until(() -> acknowledgements.size() + failures.size() >= COUNT);
        assertThat(failures).isEmpty();
        return acknowledgements;
    }

    /**
     * At no time more than a burst and what the rate allows since the start: a machine that stands still for a while makes moments
     * late, never early.
     */
    private static void assertHeldToTheRate(long start, List<Long> moments) {
        List<Long> sorted = moments.stream().sorted().toList();
        for (int i = 0; i < COUNT; i++) {
            double seconds = (sorted.get(i) - start) / (double) TimeUnit.SECONDS.toNanos(1);
            assertThat(i + 1.0)
                    .as("in the first %.3f seconds", seconds)
                    .isLessThanOrEqualTo(1.1 * (BURST + RATE * seconds));
        }
        double seconds = (sorted.get(COUNT - 1) - sorted.get(BURST)) / (double) TimeUnit.SECONDS.toNanos(1);
        assertThat((COUNT - BURST) / seconds).as("a second, behind the burst").isGreaterThan(RATE * 0.6);
    }
}
