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
    /** What gathers in a second may go at once; it is left out of the measurement. */
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
            var consumer = mq.newPushConsumer(group, topic);
            consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
                messages.forEach(message -> arrivals.add(System.nanoTime()));
                return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
            });
            mq.start(consumer);
            Waiting.soon().until(() -> arrivals.size() >= COUNT);
            assertThat(arrivals).hasSize(COUNT);
            assertHeldToTheRate(arrivals);
            mq.closeClients();
        }
    }

    @Test
    void aClientThatSendsTooFastIsSlowedAndNotRefused() throws Exception {
        try (ServerProcess server = ServerProcess.start(Map.of("connection.send-rate", Integer.toString(RATE)))) {
            mq.connectTo(server.address());
            String topic = mq.topic(2);
            List<Long> acknowledgements = sendAsync(mq.producer(), topic);
            assertThat(acknowledgements).hasSize(COUNT);
            assertHeldToTheRate(acknowledgements);
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

    private static void assertHeldToTheRate(List<Long> moments) {
        List<Long> sorted = moments.stream().sorted().toList();
        double seconds = (sorted.get(COUNT - 1) - sorted.get(BURST)) / (double) TimeUnit.SECONDS.toNanos(1);
        assertThat((COUNT - BURST) / seconds).as("a second, behind the burst").isBetween(RATE * 0.6, RATE * 1.25);
        for (int first = 0; first < COUNT; first++) {
            long end = sorted.get(first) + TimeUnit.SECONDS.toNanos(1);
            long within = sorted.stream()
                    .skip(first)
                    .takeWhile(moment -> moment < end)
                    .count();
            assertThat(within).as("within a second from message %d on", first).isLessThan((long) (2.5 * RATE));
        }
    }
}
