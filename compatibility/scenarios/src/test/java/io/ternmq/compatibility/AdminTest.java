package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static io.ternmq.compatibility.RocketMqClients.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@SuppressWarnings("deprecation") // what the clients deprecate is what their users still call
class AdminTest {
    private static final int CONSUMER_NOT_ONLINE = 206;

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void theClusterListNamesTheBroker() throws Exception {
        var cluster = mq.admin().examineBrokerClusterInfo();
        assertThat(cluster.getClusterAddrTable().get(mq.clusterName())).contains(mq.brokerName());
        var broker = cluster.getBrokerAddrTable().get(mq.brokerName());
        assertThat(broker.getBrokerAddrs()).containsEntry(0L, mq.brokerAddress());
        assertThat(broker.getCluster()).isEqualTo(mq.clusterName());
    }

    @Test
    void theRuntimeStatsTellVersionAndTraffic() throws Exception {
        String topic = mq.topic(1);
        send(mq.producer(), topic, "m", 3);
        var stats = mq.admin().fetchBrokerRuntimeStats(mq.brokerAddress()).getTable();
        assertThat(stats).containsKeys("brokerVersionDesc", "bootTimestamp", "putTps", "getTotalTps", "runtime");
        assertThat(Long.parseLong(stats.get("bootTimestamp"))).isPositive();
    }

    @Test
    void theTopicStatsTellTheOffsetsOfEachQueue() throws Exception {
        String topic = mq.topic(2);
        var producer = mq.producer();
        var queues = mq.queuesOf(topic);
        for (int i = 0; i < 3; i++) {
            producer.send(RocketMqClients.message(topic, "m" + i), queues.get(1));
        }
        mq.messagesOf(topic, 3);
        var offsets = mq.admin().examineTopicStats(topic).getOffsetTable();
        assertThat(offsets.keySet()).containsExactlyInAnyOrderElementsOf(queues);
        assertThat(offsets.get(queues.get(0)).getMaxOffset()).isZero();
        assertThat(offsets.get(queues.get(1)).getMinOffset()).isZero();
        assertThat(offsets.get(queues.get(1)).getMaxOffset()).isEqualTo(3);
        assertThat(offsets.get(queues.get(1)).getLastUpdateTimestamp()).isPositive();
    }

    @Test
    void theConsumeStatsTellTheLagOfAGroup() throws Exception {
        String topic = mq.topic(1);
        String group = newGroup();
        var producer = mq.producer();
        send(producer, topic, "read", 4);
        var collected = new Collected();
        var consumer = mq.consume(group, topic, collected);
        RocketMqClients.awaitConsumed(consumer, topic, 4);
        consumer.shutdown();
        send(producer, topic, "unread", 3);
        var queue = mq.onlyQueueOf(topic);
        Waiting.soon().ignoreExceptions().untilAsserted(() -> {
            var stats = mq.admin().examineConsumeStats(group, topic);
            assertThat(stats.getOffsetTable().get(queue).getBrokerOffset()).isEqualTo(7);
            assertThat(stats.getOffsetTable().get(queue).getConsumerOffset()).isEqualTo(4);
            assertThat(stats.computeTotalDiff()).isEqualTo(3);
        });
    }

    @Test
    void theConsumersOfAGroupAreShownWithTheirSubscriptions() throws Exception {
        String topic = mq.topic(1);
        String group = newGroup();
        var consumer = mq.consume(group, topic, new Collected());
        Waiting.soon().ignoreExceptions().untilAsserted(() -> {
            var connections = mq.admin().examineConsumerConnectionInfo(group);
            assertThat(connections.getConnectionSet()).hasSize(1);
            var connection = connections.getConnectionSet().iterator().next();
            assertThat(connection.getClientId()).isEqualTo(consumer.buildMQClientId());
            assertThat(connection.getClientAddr()).startsWith("127.0.0.1:");
            assertThat(connections.getSubscriptionTable()).containsKeys(topic, "%RETRY%" + group);
            assertThat(connections.getSubscriptionTable().get(topic).getSubString())
                    .isEqualTo("*");
        });
    }

    @Test
    void aGroupWhoseConsumersHaveGoneIsNotOnline() throws Exception {
        String topic = mq.topic(1);
        String group = newGroup();
        var consumer = mq.consume(group, topic, new Collected());
        Waiting.soon()
                .ignoreExceptions()
                .until(() -> !mq.queuesOf("%RETRY%" + group).isEmpty());
        consumer.shutdown();
        assertThatThrownBy(() -> mq.admin().examineConsumerConnectionInfo(group))
                .satisfiesAnyOf(
                        answer -> assertThat(answer)
                                .isInstanceOfSatisfying(
                                        MQBrokerException.class,
                                        refusal -> assertThat(refusal.getResponseCode())
                                                .isEqualTo(CONSUMER_NOT_ONLINE)),
                        answer -> assertThat(answer)
                                .isInstanceOfSatisfying(
                                        MQClientException.class,
                                        refusal -> assertThat(refusal.getResponseCode())
                                                .isEqualTo(CONSUMER_NOT_ONLINE)));
    }

    @Test
    void theProducersOfAGroupAreShown() throws Exception {
        String topic = mq.topic(1);
        var producer = mq.producer();
        send(producer, topic, "m", 1);
        producer.getDefaultMQProducerImpl().getmQClientFactory().sendHeartbeatToAllBrokerWithLock();
        Waiting.soon().ignoreExceptions().untilAsserted(() -> {
            var connections = mq.admin().examineProducerConnectionInfo(producer.getProducerGroup(), topic);
            assertThat(connections.getConnectionSet())
                    .extracting(connection -> connection.getClientId())
                    .containsExactly(producer.buildMQClientId());
        });
    }

    @Test
    void theGroupsThatReadATopicAreListed() throws Exception {
        String topic = mq.topic(1);
        String group = newGroup();
        var collected = new Collected();
        mq.consume(group, topic, collected);
        send(mq.producer(), topic, "m", 1);
        collected.awaitCount(1);
        Waiting.soon()
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                mq.admin().queryTopicConsumeByWho(topic).getGroupList())
                        .contains(group));
    }

    @Test
    void aGroupIsCreatedListedAndDeleted() throws Exception {
        String group = newGroup();
        ClientGeneration.putGroup(mq.admin(), mq.brokerAddress(), group, 3);
        var groups =
                mq.admin().getAllSubscriptionGroup(mq.brokerAddress(), 10_000).getSubscriptionGroupTable();
        assertThat(groups).containsKey(group);
        assertThat(groups.get(group).getRetryMaxTimes()).isEqualTo(3);

        ClientGeneration.putGroup(mq.admin(), mq.brokerAddress(), group, 5);
        assertThat(mq.admin()
                        .examineSubscriptionGroupConfig(mq.brokerAddress(), group)
                        .getRetryMaxTimes())
                .isEqualTo(5);

        mq.admin().deleteSubscriptionGroup(mq.brokerAddress(), group);
        if (!SharedBroker.isOutside()) { // Apache RocketMQ 5.5 creates it anew at once, with defaults
            assertThat(mq.admin()
                            .getAllSubscriptionGroup(mq.brokerAddress(), 10_000)
                            .getSubscriptionGroupTable())
                    .doesNotContainKey(group);
        }
    }

    @Test
    void aTopicsConfigurationIsRead() throws Exception {
        String topic = mq.topic(3);
        var config = mq.admin().examineTopicConfig(mq.brokerAddress(), topic);
        assertThat(config.getTopicName()).isEqualTo(topic);
        assertThat(config.getReadQueueNums()).isEqualTo(3);
        assertThat(config.getPerm()).isEqualTo(6);
    }

    @Test
    void aConsumersRunningStateIsAskedThroughTheBroker() throws Exception {
        String topic = mq.topic(1);
        String group = newGroup();
        var consumer = mq.consume(group, topic, new Collected());
        Waiting.soon().ignoreExceptions().untilAsserted(() -> {
            var state = mq.admin().getConsumerRunningInfo(group, consumer.buildMQClientId(), false);
            assertThat(state.getSubscriptionSet())
                    .extracting(subscription -> subscription.getTopic())
                    .contains(topic);
        });
    }

    @Test
    void anAdministratorMovesAGroupsOffset() throws Exception {
        String topic = mq.topic(1);
        String group = newGroup();
        var queue = mq.onlyQueueOf(topic);
        send(mq.producer(), topic, "m", 5);
        mq.messagesOf(topic, 5);
        ClientGeneration.putGroup(mq.admin(), mq.brokerAddress(), group, 3);
        mq.admin().updateConsumeOffset(mq.brokerAddress(), group, queue, 4);
        var collected = new Collected();
        mq.consume(group, topic, collected);
        collected.awaitCount(1);
        assertThat(collected.bodies()).containsExactly("m4");
    }
}
