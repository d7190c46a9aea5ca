package io.ternmq.compatibility;

import static io.ternmq.compatibility.GrpcClients.message;
import static io.ternmq.compatibility.GrpcClients.plain;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.rocketmq.client.apis.ClientException;
import org.apache.rocketmq.client.apis.consumer.ConsumeResult;
import org.apache.rocketmq.client.apis.consumer.PushConsumer;
import org.apache.rocketmq.client.apis.message.Message;
import org.apache.rocketmq.client.apis.producer.Producer;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListener;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A group rolls from consumers that read by offset to one that takes by lease, and back, while messages are sent; with and without an order. */
class RollingGroupTest {
    private static final int QUEUES = 4;
    private static final int KEYS = 8;
    private static final int SOME = 100;
    private static final long SEND_INTERVAL_MS = 10;
    private static final Duration LOCK_TIME = Duration.ofSeconds(5);
    /** A gRPC consumer ends only once its long polling does, which takes 20 s; the rest is for a slow machine. */
    private static final Duration LONGEST = Duration.ofSeconds(90);

    /** The listeners have one thread each: at each of the three hand-overs one message at most is in flight. */
    private static final int IN_FLIGHT_MAX = 3;

    private final Queue<String> arrivals = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> consumed = new ConcurrentHashMap<>();
    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();

    /** Counts what one consumer is given. */
    private final class Consumption {
        private final AtomicInteger count = new AtomicInteger();

        private void given(String body) {
            count.incrementAndGet();
            arrivals.add(body);
            consumed.computeIfAbsent(body, missing -> new AtomicInteger()).incrementAndGet();
        }

        MessageListenerConcurrently byOffset() {
            return (messages, context) -> {
                messages.forEach(message -> given(new String(message.getBody(), StandardCharsets.UTF_8)));
                return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
            };
        }

        MessageListenerOrderly inOrder() {
            return (messages, context) -> {
                messages.forEach(message -> given(new String(message.getBody(), StandardCharsets.UTF_8)));
                return ConsumeOrderlyStatus.SUCCESS;
            };
        }

        Received byLease() {
            return new Received(message -> {
                given(Received.body(message));
                return ConsumeResult.SUCCESS;
            });
        }

        void awaitMore(int more) {
            int before = count.get();
            Waiting.within(LONGEST).until(() -> count.get() >= before + more);
        }
    }

    @Test
    void fromOffsetToLeaseAndBackEveryMessageIsConsumedOnceButForWhatWasInFlight() throws Exception {
        try (var server = server();
                var clients = new GrpcClients(server)) {
            String topic = clients.topic("rolling", QUEUES, Map.of());
            load(clients.producer(topic), number -> plain(topic, "message " + number));

            roll(clients, clients.group("rolling", false, 16), topic, Consumption::byOffset);

            long twice =
                    consumed.values().stream().filter(times -> times.get() > 1).count();
            System.out.println(twice + " of " + sent.size() + " messages came twice");
            assertThat(twice).isLessThanOrEqualTo(IN_FLIGHT_MAX);
        }
    }

    @Test
    void fromOffsetToLeaseAndBackTheMessagesOfEachKeyStayInTheirOrder() throws Exception {
        try (var server = server();
                var clients = new GrpcClients(server)) {
            String topic = clients.topic("rolling", QUEUES, Map.of());
            load(
                    clients.producer(topic),
                    number -> message(topic, number % KEYS + " " + number)
                            .setMessageGroup("key " + number % KEYS)
                            .build());

            roll(clients, clients.group("rolling", true, 16), topic, Consumption::inOrder);

            for (int key = 0; key < KEYS; key++) {
                String ofKey = key + " ";
                assertThat(arrivals.stream()
                                .filter(body -> body.startsWith(ofKey))
                                .distinct()
                                .map(body -> Integer.parseInt(body.substring(ofKey.length()))))
                        .as("key %s", key)
                        .isSorted();
            }
        }
    }

    private static ServerProcess server() {
        return ServerProcess.start(Map.of("group.queue-lock-time", LOCK_TIME.toSeconds() + "s"));
    }

    /** First by offset, then by lease as well, then by lease alone, then by offset as well, then by offset alone. */
    private void roll(GrpcClients clients, String group, String topic, Function<Consumption, MessageListener> byOffset)
            throws Exception {
        var first = new Consumption();
        DefaultMQPushConsumer old = byOffset(clients, group, topic, byOffset.apply(first));
        first.awaitMore(SOME);

        var second = new Consumption();
        PushConsumer leasing = clients.pushConsumer(group, topic, second.byLease());
        second.awaitMore(SOME);
        first.awaitMore(SOME); // beside each other
        old.shutdown();
        second.awaitMore(SOME);

        var third = new Consumption();
        byOffset(clients, group, topic, byOffset.apply(third));
        second.awaitMore(SOME);
        leasing.close();
        third.awaitMore(SOME);

        endLoad();
        Waiting.within(LONGEST).until(() -> consumed.keySet().containsAll(sent));
        assertThat(consumed.keySet()).containsExactlyInAnyOrderElementsOf(sent);
    }

    @AfterEach
    void endLoad() throws InterruptedException {
        load.shutdown();
        assertThat(load.awaitTermination(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    /** Sends one message after the other; each has another body. */
    private void load(Producer producer, IntFunction<Message> messages) {
        ScheduledFuture<?> unused = load.scheduleAtFixedRate(
                () -> {
                    Message message = messages.apply(sent.size());
                    try {
                        producer.send(message);
                    } catch (ClientException e) {
                        throw new IllegalStateException(e);
                    }
                    sent.add(StandardCharsets.UTF_8
                            .decode(message.getBody().duplicate())
                            .toString());
                },
                0,
                SEND_INTERVAL_MS,
                TimeUnit.MILLISECONDS);
    }

    private static DefaultMQPushConsumer byOffset(
            GrpcClients clients, String group, String topic, MessageListener listener) throws Exception {
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(group);
        consumer.setNamesrvAddr(clients.server().address());
        consumer.setInstanceName(GrpcClients.unique("remoting"));
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.setConsumeThreadMin(1);
        consumer.setConsumeThreadMax(1);
        consumer.setAwaitTerminationMillisWhenShutdown(5_000);
        consumer.subscribe(topic, "*");
        if (listener instanceof MessageListenerOrderly inOrder) {
            consumer.registerMessageListener(inOrder);
        } else {
            consumer.registerMessageListener((MessageListenerConcurrently) listener);
        }
        consumer.start();
        AutoCloseable unused = clients.opened((AutoCloseable) consumer::shutdown);
        return consumer;
    }
}
