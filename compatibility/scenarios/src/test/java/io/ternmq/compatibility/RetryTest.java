package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.awaitRetryQueues;
import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyContext;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetryTest {
    private static final int ONE_SECOND_LEVEL = 1;
    private static final int READ_WRITE = 6;

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void aFailedMessageComesBackAfterItsDelayWithItsCount() throws Exception {
        String topic = mq.topic(1);
        var failing = new Failing(message -> message.getReconsumeTimes() < 2);
        var consumer = start(newGroup(), topic, 16, failing);
        awaitRetryQueues(consumer);
        SendResult result = mq.producer().send(taggedMessage(topic, "m"));

        Waiting.soon().until(() -> failing.seen.size() >= 3);
        assertThat(failing.seen).extracting(MessageExt::getReconsumeTimes).containsExactly(0, 1, 2);
        assertThat(failing.seen).extracting(Message::getTopic).containsOnly(topic);
        assertThat(failing.seen).extracting(Message::getTags).containsOnly("paid");
        assertThat(failing.seen).extracting(Message::getKeys).containsOnly("order-1");
        assertThat(failing.seen)
                .extracting(message -> message.getUserProperty("region"))
                .containsOnly("north");
        assertThat(failing.seen).extracting(MessageExt::getMsgId).containsOnly(result.getMsgId());
        assertThat(failing.seen.get(1).getProperty("ORIGIN_MESSAGE_ID")).isEqualTo(result.getOffsetMsgId());
        assertThat(failing.seen.get(2).getProperty("ORIGIN_MESSAGE_ID")).isEqualTo(result.getOffsetMsgId());
        assertThat(failing.seen.get(1).getStoreTimestamp() - failing.seen.get(0).getStoreTimestamp())
                .isGreaterThanOrEqualTo(900);
    }

    @Test
    void onlyTheFailedMessageOfAGroupIsRetriedAndOnlyInThatGroup() throws Exception {
        String topic = mq.topic(1);
        var failing = new Failing(message ->
                message.getReconsumeTimes() == 0 && Collected.bodyOf(message).equals("m1"));
        var consumer = start(newGroup(), topic, 16, failing);
        var others = new Collected();
        mq.consume(newGroup(), topic, others);
        awaitRetryQueues(consumer);
        RocketMqClients.send(mq.producer(), topic, "m", 3);

        Waiting.soon().until(() -> failing.seen.size() >= 4);
        assertThat(Collected.bodiesOf(failing.seen)).containsExactlyInAnyOrder("m0", "m1", "m2", "m1");
        others.awaitCount(3);
        assertThat(others.bodies()).containsExactlyInAnyOrder("m0", "m1", "m2");
    }

    @Test
    void aMessageThatFailsTooOftenGoesToTheDeadLetters() throws Exception {
        String topic = mq.topic(1);
        String group = newGroup();
        var failing = new Failing(message -> true);
        var consumer = start(group, topic, 1, failing);
        awaitRetryQueues(consumer);
        SendResult result = mq.producer().send(taggedMessage(topic, "poison"));

        MessageExt dead = deadLetters(group, 1).get(0);
        assertThat(Collected.bodiesOf(List.of(dead))).containsExactly("poison");
        assertThat(dead.getTags()).isEqualTo("paid");
        assertThat(dead.getKeys()).isEqualTo("order-1");
        assertThat(dead.getMsgId()).isEqualTo(result.getMsgId());
        assertThat(dead.getProperty("RETRY_TOPIC")).isEqualTo(topic);
        assertThat(dead.getProperty("ORIGIN_MESSAGE_ID")).isEqualTo(result.getOffsetMsgId());
        assertThat(failing.seen).extracting(MessageExt::getReconsumeTimes).containsExactly(0, 1);
    }

    @Test
    void aListenerCanSendAMessageToTheDeadLettersAtOnce() throws Exception {
        String topic = mq.topic(1);
        String group = newGroup();
        var consumer = mq.newPushConsumer(group, topic);
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            context.setDelayLevelWhenNextConsume(-1);
            return ConsumeConcurrentlyStatus.RECONSUME_LATER;
        });
        mq.start(consumer);
        RocketMqClients.send(mq.producer(), topic, "m", 1);
        assertThat(Collected.bodiesOf(deadLetters(group, 1))).containsExactly("m0");
    }

    /** Dead letters, read by a plain pull. Apache RocketMQ lets nobody read them until an administrator says so. */
    private List<MessageExt> deadLetters(String group, int count) throws Exception {
        String topic = "%DLQ%" + group;
        Waiting.soon().ignoreExceptions().until(() -> mq.admin().examineTopicRouteInfo(topic) != null);
        if (SharedBroker.isOutside()) {
            mq.putTopic(topic, 1, READ_WRITE);
        }
        return mq.messagesOf(topic, count);
    }

    private DefaultMQPushConsumer start(String group, String topic, int retryMax, Failing listener) throws Exception {
        var consumer = mq.newPushConsumer(group, topic);
        consumer.setMaxReconsumeTimes(retryMax);
        consumer.registerMessageListener(listener);
        return mq.start(consumer);
    }

    private static Message taggedMessage(String topic, String body) {
        var message = RocketMqClients.message(topic, body);
        message.setTags("paid");
        message.setKeys("order-1");
        message.putUserProperty("region", "north");
        return message;
    }

    /** Fails what it is told to fail and asks for it again in a second. */
    private static final class Failing implements MessageListenerConcurrently {
        final List<MessageExt> seen = new CopyOnWriteArrayList<>();
        private final Predicate<MessageExt> fails;

        Failing(Predicate<MessageExt> fails) {
            this.fails = fails;
        }

        @Override
        public ConsumeConcurrentlyStatus consumeMessage(List<MessageExt> messages, ConsumeConcurrentlyContext context) {
            seen.addAll(messages);
            context.setDelayLevelWhenNextConsume(ONE_SECOND_LEVEL);
            return fails.test(messages.get(0))
                    ? ConsumeConcurrentlyStatus.RECONSUME_LATER
                    : ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        }
    }
}
