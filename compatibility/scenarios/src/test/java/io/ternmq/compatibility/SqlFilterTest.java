package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.awaitRetryQueues;
import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.consumer.MessageSelector;
import org.apache.rocketmq.client.consumer.PullStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("header")
@SuppressWarnings("deprecation") // the pull consumers are deprecated and still used by many
class SqlFilterTest {
    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void aPushConsumerIsGivenWhatMeetsItsExpressionWheneverItCame() throws Exception {
        String topic = mq.topic(2);
        var producer = mq.producer();
        sendPriced(producer, topic, 10);
        var collected = new Collected();
        var consumer = mq.newPushConsumer(newGroup(), topic);
        consumer.subscribe(
                topic, MessageSelector.bySql("(price BETWEEN 3 AND 5) AND colour = 'red' OR TAGS IN ('always')"));
        consumer.registerMessageListener(collected);
        mq.start(consumer);
        collected.awaitCount(3);
        sendPriced(producer, topic, 10);
        producer.send(new Message(topic, "always", "by its tag".getBytes(UTF_8)));
        collected.awaitCount(7);
        assertThat(collected.bodies()).containsExactlyInAnyOrder("3", "4", "5", "3", "4", "5", "by its tag");
    }

    @Test
    void aMessageThatFailsComesAgainWhateverItsExpression() throws Exception {
        String topic = mq.topic(1);
        var seen = new CopyOnWriteArrayList<MessageExt>();
        var consumer = mq.newPushConsumer(newGroup(), topic);
        consumer.subscribe(topic, MessageSelector.bySql("price = 1 AND RECONSUME_TIME IS NULL"));
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            seen.addAll(messages);
            context.setDelayLevelWhenNextConsume(1);
            boolean again = messages.get(0).getReconsumeTimes() > 0;
            return again ? ConsumeConcurrentlyStatus.CONSUME_SUCCESS : ConsumeConcurrentlyStatus.RECONSUME_LATER;
        });
        mq.start(consumer);
        awaitRetryQueues(consumer);
        sendPriced(mq.producer(), topic, 3);
        Waiting.soon().until(() -> seen.size() >= 2);
        assertThat(Collected.bodiesOf(seen)).containsExactly("1", "1");
    }

    @Test
    void aLitePullConsumerIsGivenWhatMeetsItsExpression() throws Exception {
        String topic = mq.topic(2);
        var consumer = mq.newLitePullConsumer(newGroup());
        consumer.setConsumeFromWhere(org.apache.rocketmq.common.consumer.ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(topic, MessageSelector.bySql("price >= 7 AND missing IS NULL"));
        mq.start(consumer);
        sendPriced(mq.producer(), topic, 10);
        List<String> bodies = new ArrayList<>();
        Waiting.soon().until(() -> {
            bodies.addAll(Collected.bodiesOf(consumer.poll(500)));
            return bodies.size() >= 3;
        });
        assertThat(bodies).containsExactlyInAnyOrder("7", "8", "9");
    }

    @Test
    void aPullCarriesItsExpression() throws Exception {
        String topic = mq.topic(1);
        sendPriced(mq.producer(), topic, 10);
        mq.messagesOf(topic, 10);
        var queue = mq.onlyQueueOf(topic);
        var consumer = new DefaultMQPullConsumer(newGroup());
        mq.prepare(consumer);
        consumer.setHeartbeatBrokerInterval(200);
        mq.start(consumer);
        consumer.fetchSubscribeMessageQueues(topic);
        // The client pulls by an expression once a heartbeat has told it the broker's version.
        Waiting.soon()
                .ignoreExceptions()
                .until(() -> consumer.pull(queue, MessageSelector.bySql("TRUE"), 0, 1) != null);
        var found = consumer.pull(queue, MessageSelector.bySql("price > 7.5"), 0, 32);
        var nothing = consumer.pull(queue, MessageSelector.bySql("colour <> 'red'"), 0, 32);
        assertThat(Collected.bodiesOf(found.getMsgFoundList())).containsExactly("8", "9");
        assertThat(found.getNextBeginOffset()).isEqualTo(10);
        assertThat(nothing.getPullStatus()).isEqualTo(PullStatus.NO_MATCHED_MSG);
        assertThat(nothing.getNextBeginOffset()).isEqualTo(10);
    }

    @Test
    void aConsumerWithABadExpressionDoesNotStart() throws Exception {
        String topic = mq.topic(1);
        var consumer = mq.newPushConsumer(newGroup(), topic);
        consumer.subscribe(topic, MessageSelector.bySql("price >> 5"));
        consumer.registerMessageListener(new Collected());
        mq.atEnd(consumer::shutdown);
        assertThatThrownBy(consumer::start)
                .isInstanceOf(MQClientException.class)
                .hasMessageContaining("'>' at 8");
    }

    private static void sendPriced(DefaultMQProducer producer, String topic, int count) throws Exception {
        for (int price = 0; price < count; price++) {
            var message = new Message(topic, Integer.toString(price).getBytes(UTF_8));
            message.putUserProperty("price", Integer.toString(price));
            message.putUserProperty("colour", "red");
            producer.send(message);
        }
    }
}
