package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.assignedQueues;
import static io.ternmq.compatibility.RocketMqClients.bodies;
import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static io.ternmq.compatibility.RocketMqClients.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("header")
class PushConsumerTest {
    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void aConsumerIsGivenWhatStandsThereAndWhatComes() throws Exception {
        String topic = mq.topic(4);
        var producer = mq.producer();
        send(producer, topic, "before", 20);
        var collected = new Collected();
        mq.consume(newGroup(), topic, collected);
        collected.awaitCount(20);
        send(producer, topic, "after", 20);
        collected.awaitCount(40);
        assertThat(collected.bodies())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(bodies("before", 20).stream(), bodies("after", 20).stream())
                                .toList());
    }

    @Test
    void twoConsumersOfAGroupShareTheMessages() throws Exception {
        String topic = mq.topic(4);
        String group = newGroup();
        var collectedOne = new Collected();
        var collectedTwo = new Collected();
        var one = mq.consume(group, topic, collectedOne);
        var two = mq.consume(group, topic, collectedTwo);
        Waiting.soon()
                .until(() -> assignedQueues(one, topic).size() == 2
                        && assignedQueues(two, topic).size() == 2);
        send(mq.producer(), topic, "m", 40);
        Waiting.soon().until(() -> collectedOne.count() + collectedTwo.count() >= 40);
        assertThat(Stream.concat(collectedOne.bodies().stream(), collectedTwo.bodies().stream()))
                .containsExactlyInAnyOrderElementsOf(bodies("m", 40));
        assertThat(collectedOne.count()).isPositive().isLessThan(40);
    }

    @Test
    void everyGroupIsGivenEveryMessage() throws Exception {
        String topic = mq.topic(2);
        var collectedOne = new Collected();
        var collectedTwo = new Collected();
        mq.consume(newGroup(), topic, collectedOne);
        mq.consume(newGroup(), topic, collectedTwo);
        send(mq.producer(), topic, "m", 10);
        collectedOne.awaitCount(10);
        collectedTwo.awaitCount(10);
        assertThat(collectedOne.bodies()).containsExactlyInAnyOrderElementsOf(bodies("m", 10));
        assertThat(collectedTwo.bodies()).containsExactlyInAnyOrderElementsOf(bodies("m", 10));
    }

    @Test
    void aSubscriptionOfTwoTagsIsGivenOnlyThose() throws Exception {
        String topic = mq.topic(2);
        var collected = new Collected();
        var consumer = mq.newPushConsumer(newGroup(), topic, "red || blue");
        consumer.registerMessageListener(collected);
        mq.start(consumer);
        var producer = mq.producer();
        for (int i = 0; i < 30; i++) {
            String tag = List.of("red", "green", "blue").get(i % 3);
            producer.send(new Message(topic, tag, (tag + i).getBytes(UTF_8)));
        }
        collected.awaitCount(20);
        assertThat(collected.messages()).extracting(Message::getTags).containsOnly("red", "blue");
        assertThat(collected.bodies()).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void tagsWithTheSameHashAreToldApart() throws Exception {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        String topic = mq.topic(1);
        var collected = new Collected();
        var consumer = mq.newPushConsumer(newGroup(), topic, "Aa");
        consumer.registerMessageListener(collected);
        mq.start(consumer);
        var producer = mq.producer();
        producer.send(new Message(topic, "BB", "not asked for".getBytes(UTF_8)));
        producer.send(new Message(topic, "Aa", "asked for".getBytes(UTF_8)));
        collected.awaitCount(1);
        assertThat(collected.bodies()).containsExactly("asked for");
    }

    @ParameterizedTest
    @EnumSource(
            value = ConsumeFromWhere.class,
            names = {"CONSUME_FROM_FIRST_OFFSET", "CONSUME_FROM_LAST_OFFSET", "CONSUME_FROM_TIMESTAMP"})
    void aNewGroupBeginsAtTheFirstMessageWhileThatIsKept(ConsumeFromWhere from) throws Exception {
        String topic = mq.topic(1);
        send(mq.producer(), topic, "m", 5);
        mq.messagesOf(topic, 5);
        var collected = new Collected();
        var consumer = mq.newPushConsumer(newGroup(), topic);
        consumer.setConsumeFromWhere(from);
        consumer.registerMessageListener(collected);
        mq.start(consumer);
        collected.awaitCount(5);
        assertThat(collected.bodies()).containsExactlyInAnyOrderElementsOf(bodies("m", 5));
    }

    @Test
    void aConsumerThatComesBackGoesOnWhereItsGroupStopped() throws Exception {
        String topic = mq.topic(2);
        String group = newGroup();
        var producer = mq.producer();
        send(producer, topic, "first", 10);
        var collectedFirst = new Collected();
        var first = mq.consume(group, topic, collectedFirst);
        RocketMqClients.awaitConsumed(first, topic, 10);
        first.shutdown();

        send(producer, topic, "second", 10);
        var collectedSecond = new Collected();
        mq.consume(group, topic, collectedSecond);
        collectedSecond.awaitCount(10);
        assertThat(collectedSecond.bodies()).containsExactlyInAnyOrderElementsOf(bodies("second", 10));
    }

    @Test
    void oneConsumerReadsSeveralTopics() throws Exception {
        String topic = mq.topic(1);
        String otherTopic = mq.topic(1);
        var collected = new Collected();
        var consumer = mq.newPushConsumer(newGroup(), topic);
        consumer.subscribe(otherTopic, "*");
        consumer.registerMessageListener(collected);
        mq.start(consumer);
        var producer = mq.producer();
        send(producer, topic, "here", 3);
        send(producer, otherTopic, "there", 3);
        collected.awaitCount(6);
        assertThat(collected.messages()).extracting(Message::getTopic).containsOnly(topic, otherTopic);
    }
}
