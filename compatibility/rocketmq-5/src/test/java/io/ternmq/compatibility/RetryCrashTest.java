package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.message;
import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.remoting.protocol.subscription.CustomizedRetryPolicy;
import org.apache.rocketmq.remoting.protocol.subscription.GroupRetryPolicy;
import org.apache.rocketmq.remoting.protocol.subscription.GroupRetryPolicyType;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What waits by its group's own retry policy comes though the server is killed meanwhile. */
class RetryCrashTest {
    private static final long PUT_OFF_MS = 8_000;

    /** What is promised of committed offsets: the disk has them within a second, with a little time for the disk. */
    private static final Duration OFFSETS_DURABLE = Duration.ofMillis(1_500);

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void aFailedMessageComesOnceMoreWhenItsGroupsPolicySaysThoughTheServerWasKilled() throws Exception {
        try (var server = ServerProcess.start(Map.of())) {
            mq.connectTo(server.address());
            String topic = mq.topic(1);
            String group = groupWithPolicy();
            MessageExt failed = failOnce(group, topic);

            server.kill();
            server.startAgain();
            var collected = new Collected();
            RocketMqClients.awaitRetryQueues(mq.consume(group, topic, collected));
            collected.awaitCount(1);

            List<MessageExt> again = collected.messages();
            assertThat(again).extracting(MessageExt::getReconsumeTimes).containsExactly(1);
            assertThat(Collected.bodiesOf(again)).containsExactly("failing");
            assertThat(again.get(0).getStoreTimestamp() - failed.getStoreTimestamp())
                    .isGreaterThanOrEqualTo(PUT_OFF_MS);
            assertThat(mq.admin().maxOffset(mq.onlyQueueOf("%RETRY%" + group)))
                    .as("written once")
                    .isEqualTo(1);
            mq.closeClients();
        }
    }

    private String groupWithPolicy() throws Exception {
        var policy = new GroupRetryPolicy();
        policy.setType(GroupRetryPolicyType.CUSTOMIZED);
        policy.setCustomizedRetryPolicy(new CustomizedRetryPolicy(new long[] {PUT_OFF_MS, PUT_OFF_MS, PUT_OFF_MS}));
        var config = new SubscriptionGroupConfig();
        config.setGroupName(newGroup());
        config.setGroupRetryPolicy(policy);
        mq.admin().createAndUpdateSubscriptionGroupConfig(mq.brokerAddress(), config);
        return config.getGroupName();
    }

    /** A consumer's listener fails for one message, and the consumer is gone before the message comes again. */
    private MessageExt failOnce(String group, String topic) throws Exception {
        var seen = new CopyOnWriteArrayList<MessageExt>();
        var consumer = mq.newPushConsumer(group, topic);
        consumer.setAwaitTerminationMillisWhenShutdown(5_000);
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            seen.addAll(messages);
            return ConsumeConcurrentlyStatus.RECONSUME_LATER;
        });
        mq.start(consumer);
        mq.producer().send(message(topic, "failing"));
        RocketMqClients.awaitConsumed(consumer, topic, 1);
        consumer.shutdown();
        mq.closeClients();
        Waiting.letPass(OFFSETS_DURABLE);
        assertThat(seen).extracting(MessageExt::getReconsumeTimes).containsExactly(0);
        return seen.get(0);
    }
}
