package io.ternmq.compatibility;

import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.common.protocol.heartbeat.MessageModel;
import org.apache.rocketmq.common.subscription.SubscriptionGroupConfig;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;

/** What the scenarios need and the client's generations name differently. */
final class ClientGeneration {
    private ClientGeneration() {}

    static void broadcast(DefaultMQPushConsumer consumer) {
        consumer.setMessageModel(MessageModel.BROADCASTING);
    }

    static void putGroup(DefaultMQAdminExt admin, String brokerAddress, String group, int retryMax) throws Exception {
        var config = new SubscriptionGroupConfig();
        config.setGroupName(group);
        config.setRetryMaxTimes(retryMax);
        admin.createAndUpdateSubscriptionGroupConfig(brokerAddress, config);
    }
}
