package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.bodies;
import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static io.ternmq.compatibility.RocketMqClients.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RestartTest {
    enum End {
        STOP,
        KILL
    }

    /**
     * The 4.x client notices that a server went away without a word only by its pull's own timeout, 30 s: it has no
     * handler for a connection closed by the other side, so nothing fails the pulls under way.
     */
    private static final Duration PULL_TIMEOUT_PASSED = Duration.ofSeconds(45);

    /** What is promised of committed offsets: the disk has them within a second, with a little time for the disk. */
    private static final Duration OFFSETS_DURABLE = Duration.ofMillis(1_500);

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    private ServerProcess server;

    @BeforeEach
    void startServer() {
        server = ServerProcess.start(Map.of());
        mq.connectTo(server.address());
    }

    @AfterEach
    void closeServer() {
        if (server != null) {
            mq.closeClients();
            server.close();
        }
    }

    private void restart(End end) {
        switch (end) {
            case STOP -> server.stop();
            case KILL -> server.kill();
        }
        server.startAgain();
    }

    @ParameterizedTest
    @EnumSource
    void messagesTopicsAndOffsetsAreThereAgain(End end) throws Exception {
        String topic = mq.topic(2);
        String group = newGroup();
        send(mq.producer(), topic, "before", 20);
        var collected = new Collected();
        var consumer = mq.consume(group, topic, collected);
        RocketMqClients.awaitConsumed(consumer, topic, 20);
        consumer.shutdown();
        mq.closeClients();
        Waiting.letPass(OFFSETS_DURABLE);

        restart(end);
        assertThat(mq.queuesOf(topic)).hasSize(2);
        send(mq.producer(), topic, "after", 10);
        assertThat(mq.messagesOf(topic, 30)).hasSize(30);
        var collectedAgain = new Collected();
        mq.consume(group, topic, collectedAgain);
        collectedAgain.awaitCount(10);
        assertThat(collectedAgain.bodies()).containsExactlyInAnyOrderElementsOf(bodies("after", 10));
    }

    @Test
    void connectedClientsGoOnAfterARestart() throws Exception {
        String topic = mq.topic(2);
        var collected = new Collected();
        var consumer = mq.newPushConsumer(newGroup(), topic);
        consumer.setHeartbeatBrokerInterval(1_000);
        consumer.registerMessageListener(collected);
        mq.start(consumer);
        var producer = mq.producer();
        send(producer, topic, "before", 5);
        collected.awaitCount(5);

        restart(End.KILL);
        Waiting.soon().ignoreExceptions().until(() -> send(producer, topic, "probe", 1) != null);
        send(producer, topic, "after", 5);
        Waiting.within(PULL_TIMEOUT_PASSED)
                .untilAsserted(() -> assertThat(collected.bodies()).containsAll(bodies("after", 5)));
    }

    @Test
    void aFailedMessageComesOnceMoreThoughTheServerWasKilled() throws Exception {
        String topic = mq.topic(1);
        String group = newGroup();
        failOnce(group, topic);

        restart(End.KILL);
        var collected = new Collected();
        RocketMqClients.awaitRetryQueues(mq.consume(group, topic, collected));
        collected.awaitCount(1);
        assertRetriedOnce(collected, group);
    }

    /** A consumer's listener fails for one message, and the consumer is gone before the message comes again. */
    private void failOnce(String group, String topic) throws Exception {
        var seen = new CopyOnWriteArrayList<MessageExt>();
        var consumer = mq.newPushConsumer(group, topic);
        consumer.setAwaitTerminationMillisWhenShutdown(5_000);
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            seen.addAll(messages);
            return ConsumeConcurrentlyStatus.RECONSUME_LATER;
        });
        mq.start(consumer);
        mq.producer().send(RocketMqClients.message(topic, "failing"));
        RocketMqClients.awaitConsumed(consumer, topic, 1);
        assertThat(seen).extracting(MessageExt::getReconsumeTimes).containsExactly(0);
        consumer.shutdown();
        mq.closeClients();
        Waiting.letPass(OFFSETS_DURABLE);
    }

    private void assertRetriedOnce(Collected collected, String group) throws Exception {
        assertThat(collected.bodies()).containsExactly("failing");
        assertThat(collected.messages())
                .extracting(MessageExt::getReconsumeTimes)
                .containsExactly(1);
        assertThat(mq.admin().maxOffset(mq.onlyQueueOf("%RETRY%" + group)))
                .as("written once")
                .isEqualTo(1);
    }

    @Test
    void aMessageWaitingForItsTimeSurvives() throws Exception {
        String topic = mq.topic(1);
        var delayed = RocketMqClients.message(topic, "delayed");
        delayed.setDelayTimeLevel(2);
        mq.producer().send(delayed);
        mq.closeClients();
        restart(End.KILL);
        assertThat(Collected.bodiesOf(mq.messagesOf(topic, 1))).containsExactly("delayed");
    }
}
