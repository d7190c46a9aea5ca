package io.ternmq.compatibility;

import java.util.List;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.common.message.MessageRequestMode;

/** Groups whose consumers take messages by lease (POP): the server says so to consumers that leave it to the server. */
@SuppressWarnings("deprecation") // what the clients deprecate is what their users still call
final class PopScenario {
    /** What the client allows at least. */
    static final long INVISIBLE_MS = 5_000;

    private static final long TIMEOUT_MS = 10_000;

    private PopScenario() {}

    /** A new group, which takes by lease from a topic. */
    static String group(RocketMqClients mq, String topic, int retryMax) throws Exception {
        String group = RocketMqClients.newGroup();
        ClientGeneration.putGroup(mq.admin(), mq.brokerAddress(), group, retryMax);
        takeByLease(mq, topic, group);
        return group;
    }

    /** What {@code mqadmin setConsumeMode} does. */
    static void takeByLease(RocketMqClients mq, String topic, String group) throws Exception {
        mq.admin().setMessageRequestMode(mq.brokerAddress(), topic, group, MessageRequestMode.POP, 0, TIMEOUT_MS);
    }

    /** A consumer of such a group, which is not started yet. */
    static DefaultMQPushConsumer newConsumer(RocketMqClients mq, String group, String topic) throws MQClientException {
        var consumer = mq.newPushConsumer(group, topic);
        consumer.setClientRebalance(false);
        consumer.setPopInvisibleTime(INVISIBLE_MS);
        return consumer;
    }

    /** A started consumer that takes by lease. */
    static DefaultMQPushConsumer consume(
            RocketMqClients mq, String group, String topic, MessageListenerConcurrently listener) throws Exception {
        var consumer = newConsumer(mq, group, topic);
        consumer.registerMessageListener(listener);
        mq.start(consumer);
        awaitTaking(consumer, topic);
        return consumer;
    }

    /** Waits until the consumer takes messages. */
    static void awaitTaking(DefaultMQPushConsumer consumer, String topic) {
        Waiting.soon().until(() -> {
            List<MessageQueue> queues = takenFrom(consumer, topic);
            if (queues.isEmpty()) {
                consumer.getDefaultMQPushConsumerImpl().doRebalance();
            }
            return !queues.isEmpty();
        });
    }

    static List<MessageQueue> takenFrom(DefaultMQPushConsumer consumer, String topic) {
        return consumer.getDefaultMQPushConsumerImpl().getRebalanceImpl().getPopProcessQueueTable().keySet().stream()
                .filter(queue -> queue.getTopic().equals(topic))
                .toList();
    }

    /** Waits until the group has nothing left to do. */
    static void awaitDone(RocketMqClients mq, String group) {
        Waiting.soon()
                .ignoreExceptions()
                .until(() -> mq.admin().examineConsumeStats(group).computeTotalDiff() == 0);
    }
}
