package io.ternmq.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing moves when a consumer by lease comes or goes: messages are neither lost nor doubled by that. */
@SuppressWarnings("deprecation") // what the clients deprecate is what their users still call
class PopMembershipTest {
    private static final int QUEUES = 3;
    private static final int ROUNDS = 6;

    /** Acknowledgements of what a listener has done are on their way then. */
    private static final Duration ACKNOWLEDGED = Duration.ofMillis(300);

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    private final List<PopListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger sentCount = new AtomicInteger();

    private record Member(DefaultMQPushConsumer consumer, PopListener listener) {
        void leave() {
            listener.stop();
            Waiting.letPass(ACKNOWLEDGED);
            consumer.shutdown();
        }
    }

    private Member join(String group, String topic) throws Exception {
        var listener = new PopListener();
        listeners.add(listener);
        return new Member(PopScenario.consume(mq, group, topic, listener), listener);
    }

    private Thread load(String topic) throws Exception {
        var producer = mq.producer();
        var thread = new Thread(
                () -> {
                    try {
                        while (!ended.get()) {
                            String body = "m" + sentCount.get();
                            producer.send(RocketMqClients.message(topic, body));
                            sentCount.incrementAndGet();
                        }
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                "load");
        thread.start();
        return thread;
    }

    @AfterEach
    void endLoad() {
        ended.set(true);
    }

    @Test
    void comingAndGoingUnderLoadLosesNothingAndDoublesNothing() throws Exception {
        String topic = mq.topic(QUEUES);
        String group = PopScenario.group(mq, topic, 16);
        join(group, topic);
        Thread load = load(topic);
        for (int round = 0; round < ROUNDS; round++) {
            Member guest = join(group, topic);
            Waiting.soon().until(() -> !guest.listener().bodies().isEmpty());
            guest.leave();
        }
        ended.set(true);
        load.join();

        Waiting.within(Duration.ofSeconds(60))
                .until(() -> PopListener.distinct(listeners).size() >= sentCount.get());
        PopScenario.awaitDone(mq, group);
        assertThat(PopListener.distinct(listeners)).hasSize(sentCount.get());
        assertThat(PopListener.duplicates(listeners))
                .as("of %d messages", sentCount.get())
                .isZero();
        assertThat(listeners)
                .allSatisfy(listener -> assertThat(listener.bodies()).isNotEmpty());
    }

    @Test
    void killingConsumersUnderLoadLosesNothing() throws Exception {
        String topic = mq.topic(QUEUES);
        String group = PopScenario.group(mq, topic, 16);
        join(group, topic);
        Thread load = load(topic);
        for (int round = 0; round < 2; round++) {
            try (var victim = PopConsumerProcess.start(mq.address(), group, topic)) {
                assertThat(victim.awaitHeld()).startsWith("m");
                victim.kill();
            }
        }
        ended.set(true);
        load.join();

        Waiting.within(Duration.ofSeconds(60))
                .until(() -> PopListener.distinct(listeners).size() >= sentCount.get());
        assertThat(PopListener.duplicates(listeners))
                .as("what a killed consumer held it has never finished")
                .isZero();
    }
}
