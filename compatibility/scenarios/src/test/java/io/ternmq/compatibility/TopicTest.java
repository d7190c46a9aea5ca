package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.message;
import static io.ternmq.compatibility.RocketMqClients.newTopic;
import static io.ternmq.compatibility.RocketMqClients.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TopicTest {
    private static final int TOPIC_NOT_EXIST = 17;
    private static final int NO_PERMISSION = 16;
    private static final int READ_ONLY = 4;
    private static final int READ_WRITE = 6;

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void theFirstSendCreatesATopicWithFourQueues() throws Exception {
        String topic = newTopic();
        send(mq.producer(), topic, "m", 1);
        Waiting.soon().ignoreExceptions().untilAsserted(() -> {
            var queues = mq.admin().examineTopicRouteInfo(topic).getQueueDatas();
            assertThat(queues).hasSize(1);
            assertThat(queues.get(0).getReadQueueNums()).isEqualTo(4);
            assertThat(queues.get(0).getWriteQueueNums()).isEqualTo(4);
            assertThat(queues.get(0).getPerm()).isEqualTo(READ_WRITE);
        });
    }

    @Test
    void theProducerMayAskForFewerQueuesThanTheDefault() throws Exception {
        String topic = newTopic();
        var producer = mq.newProducer();
        producer.setDefaultTopicQueueNums(2);
        send(mq.start(producer), topic, "m", 4);
        Waiting.soon()
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(mq.queuesOf(topic)).hasSize(2));
        assertThat(mq.messagesOf(topic, 4)).hasSize(4);
    }

    @Test
    void aRouteNamesTheBrokerAndItsAddress() throws Exception {
        String topic = mq.topic(5);
        var route = mq.admin().examineTopicRouteInfo(topic);
        assertThat(route.getQueueDatas()).hasSize(1);
        assertThat(route.getQueueDatas().get(0).getWriteQueueNums()).isEqualTo(5);
        assertThat(route.getBrokerDatas()).hasSize(1);
        assertThat(route.getBrokerDatas().get(0).getBrokerName()).isEqualTo(mq.brokerName());
        assertThat(route.getBrokerDatas().get(0).getBrokerAddrs()).containsEntry(0L, mq.brokerAddress());
        assertThat(mq.producer().fetchPublishMessageQueues(topic)).hasSize(5);
        assertThat(mq.pullConsumer(RocketMqClients.newGroup()).fetchSubscribeMessageQueues(topic))
                .hasSize(5);
    }

    @Test
    void anUnknownTopicHasNoRoute() {
        assertThatThrownBy(() -> mq.admin().examineTopicRouteInfo(newTopic()))
                .isInstanceOfSatisfying(
                        MQClientException.class,
                        answer -> assertThat(answer.getResponseCode()).isEqualTo(TOPIC_NOT_EXIST));
    }

    @Test
    void aTopicGrowsByAnUpdate() throws Exception {
        String topic = mq.topic(1);
        send(mq.producer(), topic, "before", 1);
        mq.putTopic(topic, 3, READ_WRITE);
        var producer = mq.producer();
        for (var queue : mq.queuesOf(topic)) {
            producer.send(message(topic, "after" + queue.getQueueId()), queue);
        }
        assertThat(Collected.bodiesOf(mq.messagesOf(topic, 4)))
                .containsExactly("before0", "after0", "after1", "after2");
    }

    @Test
    void aTopicThatMayOnlyBeReadRefusesSends() throws Exception {
        Assumptions.assumeFalse(SharedBroker.isOutside(), "Apache RocketMQ leaves this to its clients");
        String topic = mq.topic(1);
        send(mq.producer(), topic, "m", 1);
        var queue = mq.onlyQueueOf(topic);
        mq.putTopic(topic, 1, READ_ONLY);
        var producer = mq.newProducer();
        producer.setRetryTimesWhenSendFailed(0);
        mq.start(producer);
        assertThatThrownBy(() -> producer.send(message(topic, "refused"), queue))
                .isInstanceOfSatisfying(
                        MQBrokerException.class,
                        refusal -> assertThat(refusal.getResponseCode()).isEqualTo(NO_PERMISSION));
        assertThat(Collected.bodiesOf(mq.messagesOf(topic, 1))).containsExactly("m0");
    }

    @Test
    void aDeletedTopicIsGoneAndItsNameCanBeUsedAfresh() throws Exception {
        String topic = mq.topic(1);
        send(mq.producer(), topic, "old", 3);
        mq.messagesOf(topic, 3);
        mq.admin().deleteTopicInBroker(Set.of(mq.brokerAddress()), topic);
        mq.admin().deleteTopicInNameServer(Set.of(mq.address()), topic);
        Waiting.soon()
                .untilAsserted(() -> assertThatThrownBy(() -> mq.admin().examineTopicRouteInfo(topic))
                        .isInstanceOf(MQClientException.class));
        assertThat(mq.admin().fetchAllTopicList().getTopicList()).doesNotContain(topic);

        mq.putTopic(topic, 1, READ_WRITE);
        send(mq.producer(), topic, "new", 1);
        assertThat(Collected.bodiesOf(mq.messagesOf(topic, 1))).containsExactly("new0");
    }

    @Test
    void everyTopicIsListed() throws Exception {
        String topic = mq.topic(1);
        String otherTopic = mq.topic(2);
        assertThat(mq.admin().fetchAllTopicList().getTopicList()).contains(topic, otherTopic);
        assertThat(mq.admin().fetchTopicsByCLuster(mq.clusterName()).getTopicList())
                .contains(topic, otherTopic);
        var configs = mq.admin().getAllTopicConfig(mq.brokerAddress(), 10_000).getTopicConfigTable();
        assertThat(configs.get(otherTopic).getWriteQueueNums()).isEqualTo(2);
    }
}
