package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.bodies;
import static io.ternmq.compatibility.RocketMqClients.message;
import static io.ternmq.compatibility.RocketMqClients.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The 5.x push consumer takes messages by lease where the server says so. */
@SuppressWarnings("deprecation") // what the clients deprecate is what their users still call
class PopConsumerTest {
    private static final int RETRY_MAX = 16;

    /** The client asks for 10 s before the second attempt and for 30 s before the third. */
    private static final Duration TWO_FAILURES = Duration.ofSeconds(60);

    private static final Duration SOME_INVISIBLE_TIMES = Duration.ofMillis(3 * PopScenario.INVISIBLE_MS);

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void everyMessageOfAllQueuesIsConsumedOnce() throws Exception {
        String topic = mq.topic(4);
        String group = PopScenario.group(mq, topic, RETRY_MAX);
        send(mq.producer(), topic, "before", 100);
        var collected = new Collected();
        var consumer = PopScenario.consume(mq, group, topic, collected);
        assertThat(PopScenario.takenFrom(consumer, topic))
                .extracting(MessageQueue::getQueueId)
                .containsExactly(-1);
        send(mq.producer(), topic, "after", 100);

        collected.awaitCount(200);
        PopScenario.awaitDone(mq, group);
        Waiting.within(SOME_INVISIBLE_TIMES.plusSeconds(5))
                .during(SOME_INVISIBLE_TIMES)
                .until(() -> collected.bodies().size() == 200);
        assertThat(collected.bodies()).doesNotHaveDuplicates();
        assertThat(collected.bodies()).containsAll(bodies("before", 100)).containsAll(bodies("after", 100));
        assertThat(collected.messages()).extracting(MessageExt::getQueueId).containsAll(List.of(0, 1, 2, 3));
        assertThat(collected.messages())
                .extracting(MessageExt::getReconsumeTimes)
                .containsOnly(0);
        assertThat(collected.messages()).extracting(MessageExt::getTopic).containsOnly(topic);
    }

    @Test
    void consumersShareOneQueue() throws Exception {
        String topic = mq.topic(1);
        String group = PopScenario.group(mq, topic, RETRY_MAX);
        var listeners = List.of(new PopListener(), new PopListener(), new PopListener());
        for (PopListener listener : listeners) {
            var consumer = PopScenario.newConsumer(mq, group, topic);
            consumer.setPopBatchNums(2);
            consumer.registerMessageListener(listener);
            mq.start(consumer);
            PopScenario.awaitTaking(consumer, topic);
        }
        send(mq.producer(), topic, "m", 300);

        Waiting.soon().until(() -> PopListener.distinct(listeners).size() == 300);
        assertThat(PopListener.duplicates(listeners)).isZero();
        assertThat(listeners)
                .allSatisfy(listener -> assertThat(listener.bodies()).isNotEmpty());
    }

    @Test
    void whatAKilledConsumerHeldComesToAnotherWhenItsTimeIsOver() throws Exception {
        String topic = mq.topic(2);
        String group = PopScenario.group(mq, topic, RETRY_MAX);
        try (var holder = PopConsumerProcess.start(mq.address(), group, topic)) {
            Waiting.soon().until(() -> isThere(group));
            send(mq.producer(), topic, "m", 10);
            assertThat(holder.awaitHeld()).startsWith("m");
            holder.kill();
        }
        var collected = new Collected();
        PopScenario.consume(mq, group, topic, collected);

        collected.awaitCount(10);
        assertThat(collected.bodies()).containsExactlyInAnyOrderElementsOf(bodies("m", 10));
        assertThat(collected.messages())
                .extracting(MessageExt::getReconsumeTimes)
                .contains(1);
    }

    private boolean isThere(String group) {
        try {
            return !mq.admin()
                    .examineConsumerConnectionInfo(group)
                    .getConnectionSet()
                    .isEmpty();
        } catch (Exception e) {
            return false; // how the client says that nobody is there
        }
    }

    @Test
    void whatFailsComesAgainCountsItsFailuresAndBecomesADeadLetter() throws Exception {
        String topic = mq.topic(1);
        String group = PopScenario.group(mq, topic, 1);
        List<MessageExt> seen = new CopyOnWriteArrayList<>();
        PopScenario.consume(mq, group, topic, (MessageListenerConcurrently) (messages, context) -> {
            seen.addAll(messages);
            return ConsumeConcurrentlyStatus.RECONSUME_LATER;
        });
        mq.producer().send(message(topic, "poison"));

        Waiting.within(TWO_FAILURES).until(() -> seen.size() == 2);
        assertThat(seen).extracting(MessageExt::getReconsumeTimes).containsExactly(0, 1);
        assertThat(seen.get(1).getQueueOffset()).isEqualTo(seen.get(0).getQueueOffset());
        Waiting.within(TWO_FAILURES)
                .ignoreExceptions()
                .until(() -> mq.messagesOf("%DLQ%" + group, 1).size() == 1);
        MessageExt dead = mq.messagesOf("%DLQ%" + group, 1).get(0);
        assertThat(Collected.bodyOf(dead)).isEqualTo("poison");
        assertThat(dead.getReconsumeTimes()).isEqualTo(1);
        assertThat(dead.getProperty("DLQ_ORIGIN_TOPIC")).isEqualTo(topic);
        assertThat(seen).hasSize(2);
    }

    @Test
    void whatFormerConsumersSentBackIsTakenToo() throws Exception {
        String topic = mq.topic(1);
        String group = RocketMqClients.newGroup();
        ClientGeneration.putGroup(mq.admin(), mq.brokerAddress(), group, RETRY_MAX);
        var failed = new CopyOnWriteArrayList<MessageExt>();
        var former = mq.newPushConsumer(group, topic);
        former.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            failed.addAll(messages);
            context.setDelayLevelWhenNextConsume(2);
            return ConsumeConcurrentlyStatus.RECONSUME_LATER;
        });
        mq.start(former);
        send(mq.producer(), topic, "m", 3);
        Waiting.soon().until(() -> failed.size() >= 3);
        RocketMqClients.awaitConsumed(former, topic, 3);
        former.shutdown();

        PopScenario.takeByLease(mq, topic, group);
        var collected = new Collected();
        PopScenario.consume(mq, group, topic, collected);
        send(mq.producer(), topic, "n", 3);

        collected.awaitCount(6);
        PopScenario.awaitDone(mq, group);
        assertThat(collected.bodies()).containsExactlyInAnyOrder("m0", "m1", "m2", "n0", "n1", "n2");
        assertThat(collected.messages()).extracting(MessageExt::getTopic).containsOnly(topic);
        assertThat(collected.messages())
                .allSatisfy(message -> assertThat(message.getReconsumeTimes())
                        .isEqualTo(Collected.bodyOf(message).startsWith("m") ? 1 : 0));
    }

    @Test
    void progressSurvivesAKilledServer() throws Exception {
        try (var server = ServerProcess.start(Map.of("flush.mode", "sync"))) {
            mq.connectTo(server.address());
            String topic = mq.topic(2);
            String group = PopScenario.group(mq, topic, RETRY_MAX);
            send(mq.producer(), topic, "before", 50);
            var before = new PopListener();
            PopScenario.consume(mq, group, topic, before);
            Waiting.soon().until(() -> before.bodies().size() == 50);
            PopScenario.awaitDone(mq, group);
            before.stop();
            mq.closeClients();

            server.kill();
            server.startAgain();

            var after = new PopListener();
            PopScenario.consume(mq, group, topic, after);
            send(mq.producer(), topic, "after", 50);
            Waiting.soon()
                    .until(() -> PopListener.distinct(List.of(before, after)).size() == 100);
            Waiting.within(SOME_INVISIBLE_TIMES.plusSeconds(5))
                    .during(SOME_INVISIBLE_TIMES)
                    .until(() -> after.bodies().size() <= 50);
            assertThat(after.bodies()).containsExactlyInAnyOrderElementsOf(bodies("after", 50));
            mq.closeClients();
        }
    }
}
