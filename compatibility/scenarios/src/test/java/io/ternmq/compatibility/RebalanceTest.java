package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.assignedQueues;
import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static io.ternmq.compatibility.RocketMqClients.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Queues move because the broker says so: well within the 20 s after which a client looks for itself. */
@SuppressWarnings("deprecation") // what the clients deprecate is what their users still call
class RebalanceTest {
    private static final List<Integer> ALL_QUEUES = List.of(0, 1, 2, 3);

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    /** Before the clients would look by themselves, every 20 s: because they were told. */
    private static ConditionFactory promptly() {
        return Waiting.within(Duration.ofSeconds(18));
    }

    @Test
    void aConsumerThatJoinsIsGivenItsShareOfTheQueues() throws Exception {
        String topic = mq.topic(4);
        String group = newGroup();
        var one = mq.consume(group, topic, new Collected());
        promptly().until(() -> assignedQueues(one, topic).equals(ALL_QUEUES));
        var two = mq.consume(group, topic, new Collected());
        promptly()
                .until(() -> assignedQueues(one, topic).size() == 2
                        && assignedQueues(two, topic).size() == 2);
        assertThat(assignedQueues(one, topic)).doesNotContainAnyElementsOf(assignedQueues(two, topic));
    }

    @Test
    void theQueuesOfAConsumerThatLeavesGoToTheOthers() throws Exception {
        String topic = mq.topic(4);
        String group = newGroup();
        var one = mq.consume(group, topic, new Collected());
        var two = mq.consume(group, topic, new Collected());
        promptly().until(() -> assignedQueues(one, topic).size() == 2);
        two.shutdown();
        promptly().until(() -> assignedQueues(one, topic).equals(ALL_QUEUES));
    }

    @Test
    void theQueuesOfAKilledProcessGoToTheOthers() throws Exception {
        String topic = mq.topic(4);
        String group = newGroup();
        var collected = new Collected();
        var survivor = mq.consume(group, topic, collected);
        promptly().until(() -> assignedQueues(survivor, topic).equals(ALL_QUEUES));
        try (var other = ConsumerProcess.start(mq.address(), group, topic)) {
            Waiting.soon().until(() -> assignedQueues(survivor, topic).size() == 2);
            other.kill();
            promptly().until(() -> assignedQueues(survivor, topic).equals(ALL_QUEUES));
        }
        send(mq.producer(), topic, "m", 8);
        collected.awaitCount(8);
    }

    @Test
    void theBrokerListsTheConsumersOfAGroup() throws Exception {
        String topic = mq.topic(1);
        String group = newGroup();
        var one = mq.consume(group, topic, new Collected());
        var two = mq.consume(group, topic, new Collected());
        var instance = one.getDefaultMQPushConsumerImpl().getmQClientFactory();
        promptly()
                .untilAsserted(() -> assertThat(instance.findConsumerIdList(topic, group))
                        .containsExactlyInAnyOrder(one.buildMQClientId(), two.buildMQClientId()));
        two.shutdown();
        promptly()
                .untilAsserted(() ->
                        assertThat(instance.findConsumerIdList(topic, group)).containsExactly(one.buildMQClientId()));
    }
}
