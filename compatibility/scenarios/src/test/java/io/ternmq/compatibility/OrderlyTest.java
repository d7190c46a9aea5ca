package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.assignedQueues;
import static io.ternmq.compatibility.RocketMqClients.message;
import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrderlyTest {
    private static final int QUEUES = 2;
    private static final int HELD_MS = 20;
    private static final int HELD_OVER_MS = 3_000;

    /** A client that still has messages of a queue gives its lock back 20 s after the queue, and others look every 20 s. */
    private static final Duration HANDED_OVER = Duration.ofSeconds(90);

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void anOrderlyListenerSeesEachQueueInItsOrder() throws Exception {
        String topic = mq.topic(2);
        var seen = new CopyOnWriteArrayList<MessageExt>();
        start(newGroup(), topic, (messages, context) -> {
            seen.addAll(messages);
            return ConsumeOrderlyStatus.SUCCESS;
        });
        sendToBothQueues(topic, 0, 20);
        Waiting.soon().until(() -> seen.size() >= 40);
        assertThat(bodiesOfQueue(seen, 0)).containsExactlyElementsOf(numbers(0, 20));
        assertThat(bodiesOfQueue(seen, 1)).containsExactlyElementsOf(numbers(0, 20));
    }

    @Test
    void aMessageThatFailsHoldsBackItsQueueUntilItSucceeds() throws Exception {
        String topic = mq.topic(1);
        var seen = new CopyOnWriteArrayList<MessageExt>();
        var failures = new AtomicInteger();
        start(newGroup(), topic, (messages, context) -> {
            if (Collected.bodyOf(messages.get(0)).equals("2") && failures.getAndIncrement() < 2) {
                context.setSuspendCurrentQueueTimeMillis(50);
                return ConsumeOrderlyStatus.SUSPEND_CURRENT_QUEUE_A_MOMENT;
            }
            seen.addAll(messages);
            return ConsumeOrderlyStatus.SUCCESS;
        });
        var producer = mq.producer();
        for (String number : numbers(0, 5)) {
            producer.send(message(topic, number));
        }
        Waiting.soon().until(() -> seen.size() >= 5);
        assertThat(Collected.bodiesOf(seen)).containsExactlyElementsOf(numbers(0, 5));
        assertThat(failures).hasValueGreaterThanOrEqualTo(3);
    }

    @Test
    void queuesAreHandedOverInOrderWhenAConsumerLeaves() throws Exception {
        String topic = mq.topic(2);
        String group = newGroup();
        var seen = new CopyOnWriteArrayList<MessageExt>();
        MessageListenerOrderly listener = (messages, context) -> {
            seen.addAll(messages);
            return ConsumeOrderlyStatus.SUCCESS;
        };
        var one = start(group, topic, listener);
        Waiting.soon().until(() -> assignedQueues(one, topic).size() == 2);
        sendToBothQueues(topic, 0, 10);
        Waiting.soon().until(() -> seen.size() >= 20);
        RocketMqClients.awaitConsumed(one, topic, 20);
        one.shutdown();
        start(group, topic, listener);
        sendToBothQueues(topic, 10, 10);
        Waiting.soon().until(() -> seen.size() >= 40);
        assertThat(bodiesOfQueue(seen, 0)).containsExactlyElementsOf(numbers(0, 20));
        assertThat(bodiesOfQueue(seen, 1)).containsExactlyElementsOf(numbers(0, 20));
    }

    @Test
    void afterItsMostTriesAMessageIsADeadLetterAndItsQueueGoesOn() throws Exception {
        String topic = mq.topic(1);
        String group = newGroup();
        var seen = new CopyOnWriteArrayList<String>();
        var consumer = mq.newPushConsumer(group, topic);
        consumer.setMaxReconsumeTimes(2);
        consumer.setSuspendCurrentQueueTimeMillis(50);
        consumer.registerMessageListener((MessageListenerOrderly) (messages, context) -> {
            seen.add(Collected.bodyOf(messages.get(0)));
            return Collected.bodyOf(messages.get(0)).equals("1")
                    ? ConsumeOrderlyStatus.SUSPEND_CURRENT_QUEUE_A_MOMENT
                    : ConsumeOrderlyStatus.SUCCESS;
        });
        mq.start(consumer);
        var producer = mq.producer();
        for (String number : numbers(0, 3)) {
            producer.send(message(topic, number));
        }
        Waiting.soon().until(() -> seen.contains("2"));
        assertThat(seen).containsExactly("0", "1", "1", "1", "2");

        var deadLetters = new Collected();
        var reader = mq.newPushConsumer(newGroup(), "%DLQ%" + group);
        reader.registerMessageListener(deadLetters);
        Waiting.soon()
                .ignoreExceptions()
                .until(() -> mq.queuesOf("%DLQ%" + group).size() == 1);
        mq.start(reader);
        deadLetters.awaitCount(1);
        assertThat(deadLetters.bodies()).containsExactly("1");
    }

    @Test
    void aQueueHasOneHolderWhileConsumersComeAndGo() throws Exception {
        String topic = mq.topic(QUEUES);
        String group = newGroup();
        var holdings = new Holdings();
        var oneHoldsMs = new AtomicInteger(HELD_MS);
        var one = start(group, topic, holding(holdings, "one", oneHoldsMs));
        Waiting.soon().until(() -> assignedQueues(one, topic).size() == QUEUES);
        sendToBothQueues(topic, 0, 100);
        Waiting.soon().until(() -> holdings.countOf("one") >= 20);
        oneHoldsMs.set(HELD_OVER_MS); // still holds a message when the other wants its queue
        start(group, topic, holding(holdings, "two", new AtomicInteger(HELD_MS)));
        sendToBothQueues(topic, 100, 100);
        Waiting.within(HANDED_OVER).until(() -> holdings.countOf("two") >= 20);
        oneHoldsMs.set(HELD_MS);
        one.shutdown();
        holdings.gone("one", System.currentTimeMillis());
        sendToBothQueues(topic, 200, 100);
        for (int queueId = 0; queueId < QUEUES; queueId++) {
            int queue = queueId;
            Waiting.within(HANDED_OVER).until(() -> holdings.countOf(queue) >= 300);
            holdings.assertInOrderByOneAtATime(queue);
        }
    }

    /** Holds each message for a while, so that two holders would be seen. */
    private static MessageListenerOrderly holding(Holdings holdings, String name, AtomicInteger heldMs) {
        return (messages, context) -> {
            for (MessageExt message : messages) {
                var place = new Deliveries.Place(message.getQueueId(), message.getQueueOffset());
                holdings.begin(name, place, System.currentTimeMillis());
                awaitHeld(heldMs.get());
                holdings.end(name, place, System.currentTimeMillis());
            }
            return ConsumeOrderlyStatus.SUCCESS;
        };
    }

    private static void awaitHeld(int heldMs) {
        try {
            boolean unused = new CountDownLatch(1).await(heldMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private DefaultMQPushConsumer start(String group, String topic, MessageListenerOrderly listener) throws Exception {
        var consumer = mq.newPushConsumer(group, topic);
        consumer.registerMessageListener(listener);
        return mq.start(consumer);
    }

    private void sendToBothQueues(String topic, int first, int count) throws Exception {
        var producer = mq.producer();
        for (String number : numbers(first, count)) {
            for (var queue : mq.queuesOf(topic)) {
                producer.send(message(topic, number), queue);
            }
        }
    }

    private static List<String> numbers(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(Integer::toString).toList();
    }

    private static List<String> bodiesOfQueue(List<MessageExt> seen, int queueId) {
        return Collected.bodiesOf(
                seen.stream().filter(message -> message.getQueueId() == queueId).toList());
    }
}
