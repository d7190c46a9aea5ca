package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.awaitRetryQueues;
import static io.ternmq.compatibility.RocketMqClients.message;
import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.remoting.protocol.subscription.CustomizedRetryPolicy;
import org.apache.rocketmq.remoting.protocol.subscription.ExponentialRetryPolicy;
import org.apache.rocketmq.remoting.protocol.subscription.GroupRetryPolicy;
import org.apache.rocketmq.remoting.protocol.subscription.GroupRetryPolicyType;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The 5.x client knows of a group's retry policy, the 4.x client does not. */
class RetryPolicyTest {
    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void aGroupKeepsThePolicyThatItWasGiven() throws Exception {
        String group = newGroup();
        var policy = new GroupRetryPolicy();
        policy.setType(GroupRetryPolicyType.CUSTOMIZED);
        policy.setCustomizedRetryPolicy(new CustomizedRetryPolicy(new long[] {1_000, 2_000, 3_000}));
        putGroup(group, policy);

        GroupRetryPolicy kept = group(group).getGroupRetryPolicy();
        assertThat(kept.getType()).isEqualTo(GroupRetryPolicyType.CUSTOMIZED);
        assertThat(kept.getCustomizedRetryPolicy().getNext()).containsExactly(1_000, 2_000, 3_000);
    }

    @Test
    void aFailedMessageComesBackAfterTheWhileThatItsGroupsPolicySays() throws Exception {
        String topic = mq.topic(1);
        String group = newGroup();
        var policy = new GroupRetryPolicy();
        policy.setType(GroupRetryPolicyType.EXPONENTIAL);
        policy.setExponentialRetryPolicy(new ExponentialRetryPolicy(1_500, 6_000, 4));
        putGroup(group, policy);
        List<MessageExt> seen = new CopyOnWriteArrayList<>();
        var consumer = mq.newPushConsumer(group, topic);
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            seen.addAll(messages);
            return seen.size() < 3
                    ? ConsumeConcurrentlyStatus.RECONSUME_LATER
                    : ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        mq.start(consumer);
        awaitRetryQueues(consumer);
        mq.producer().send(message(topic, "m"));

        Waiting.soon().until(() -> seen.size() >= 3);
        assertThat(storedAfterMs(seen, 1)).isBetween(1_500L, 5_999L);
        assertThat(storedAfterMs(seen, 2)).isBetween(6_000L, 9_999L);
    }

    private static long storedAfterMs(List<MessageExt> seen, int index) {
        return seen.get(index).getStoreTimestamp() - seen.get(index - 1).getStoreTimestamp();
    }

    private void putGroup(String name, GroupRetryPolicy policy) throws Exception {
        var config = new SubscriptionGroupConfig();
        config.setGroupName(name);
        config.setGroupRetryPolicy(policy);
        mq.admin().createAndUpdateSubscriptionGroupConfig(mq.brokerAddress(), config);
    }

    private SubscriptionGroupConfig group(String name) throws Exception {
        return mq.admin().examineSubscriptionGroupConfig(mq.brokerAddress(), name);
    }
}
