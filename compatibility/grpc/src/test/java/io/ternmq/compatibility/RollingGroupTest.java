package io.ternmq.compatibility;

import static io.ternmq.compatibility.GrpcClients.plain;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.client.apis.ClientException;
import org.apache.rocketmq.client.apis.consumer.ConsumeResult;
import org.apache.rocketmq.client.apis.consumer.PushConsumer;
import org.apache.rocketmq.client.apis.producer.Producer;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A group rolls from consumers that read by offset to one that takes by lease, and back, while messages are sent. */
class RollingGroupTest {
    private static final int QUEUES = 4;
    private static final int SOME = 100;
    private static final long SEND_INTERVAL_MS = 10;
    private static final Duration LOCK_TIME = Duration.ofSeconds(5);
    /** A gRPC consumer ends only once its long polling does, which takes 20 s; the rest is for a slow machine. */
    private static final Duration LONGEST = Duration.ofSeconds(90);

    /** The listeners have one thread each: at each of the three hand-overs one message at most is in flight. */
    private static final int IN_FLIGHT_MAX = 3;

    private final Map<String, AtomicInteger> consumed = new ConcurrentHashMap<>();
    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();

    /** Counts what one consumer is given. */
    private final class Consumption {
        private final AtomicInteger count = new AtomicInteger();

        private void given(String body) {
            count.incrementAndGet();
            consumed.computeIfAbsent(body, missing -> new AtomicInteger()).incrementAndGet();
        }

        MessageListenerConcurrently byOffset() {
            return (messages, context) -> {
                messages.forEach(message -> given(new String(message.getBody(), StandardCharsets.UTF_8)));
                return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
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
        try (var server = ServerProcess.start(Map.of("group.queue-lock-time", LOCK_TIME.toSeconds() + "s"));
                var clients = new GrpcClients(server)) {
            String topic = clients.topic("rolling", QUEUES, Map.of());
            String group = clients.group("rolling", false, 16);
            load(clients.producer(topic), topic);

            var first = new Consumption();
            DefaultMQPushConsumer old = byOffset(clients, group, topic, first);
            first.awaitMore(SOME);

            var second = new Consumption();
            PushConsumer leasing = clients.pushConsumer(group, topic, second.byLease());
            second.awaitMore(SOME);
            first.awaitMore(SOME); // beside each other
            old.shutdown();
            second.awaitMore(SOME);

            var third = new Consumption();
            byOffset(clients, group, topic, third);
            second.awaitMore(SOME);
            leasing.close();
            third.awaitMore(SOME);

            endLoad();
            Waiting.within(LONGEST).until(() -> consumed.keySet().containsAll(sent));
            assertThat(consumed.keySet()).containsExactlyInAnyOrderElementsOf(sent);
            long twice =
                    consumed.values().stream().filter(times -> times.get() > 1).count();
            System.out.println(twice + " of " + sent.size() + " messages came twice");
            assertThat(twice).isLessThanOrEqualTo(IN_FLIGHT_MAX);
        }
    }

    @AfterEach
    void endLoad() throws InterruptedException {
        load.shutdown();
        assertThat(load.awaitTermination(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private void load(Producer producer, String topic) {
        ScheduledFuture<?> unused = load.scheduleAtFixedRate(
                () -> {
                    String body = "message " + sent.size();
                    try {
                        producer.send(plain(topic, body));
                    } catch (ClientException e) {
                        throw new IllegalStateException(e);
                    }
                    sent.add(body);
                },
                0,
                SEND_INTERVAL_MS,
                TimeUnit.MILLISECONDS);
    }

    private static DefaultMQPushConsumer byOffset(
            GrpcClients clients, String group, String topic, Consumption consumption) throws Exception {
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(group);
        consumer.setNamesrvAddr(clients.server().address());
        consumer.setInstanceName(GrpcClients.unique("remoting"));
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.setConsumeThreadMin(1);
        consumer.setConsumeThreadMax(1);
        consumer.setAwaitTerminationMillisWhenShutdown(5_000);
        consumer.subscribe(topic, "*");
        consumer.registerMessageListener(consumption.byOffset());
        consumer.start();
        AutoCloseable unused = clients.opened((AutoCloseable) consumer::shutdown);
        return consumer;
    }
}
