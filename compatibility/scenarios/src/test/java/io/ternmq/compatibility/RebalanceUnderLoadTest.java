package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.assignedQueues;
import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Consumers of a group come, stop and are killed while messages are sent. All messages are given to somebody; what is given twice was
 * in flight at a consumer that lost its queues: given, and not yet reported as consumed. {@code -Dternmq.rebalance.rounds} says how often.
 */
@SuppressWarnings("deprecation") // what the clients deprecate is what their users still call
class RebalanceUnderLoadTest {
    private static final int ROUNDS = Integer.getInteger("ternmq.rebalance.rounds", 1);
    private static final int QUEUES = 8;
    private static final int MESSAGES_BETWEEN = 500;

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    private final Deliveries deliveries = new Deliveries();
    private final List<Move> moves = new ArrayList<>();

    /** Queues went from one consumer to another, some time between two moments. */
    private record Move(String what, Map<Integer, Long> consumedBefore, Map<Integer, Long> endBehind) {
        /** Whether a message may come twice by it: not reported as consumed before, and there when it was over. */
        boolean mayRepeat(Deliveries.Place place) {
            return place.offset() >= consumedBefore.getOrDefault(place.queueId(), 0L)
                    && place.offset() < endBehind.getOrDefault(place.queueId(), 0L);
        }
    }

    /** Something that makes queues move. */
    @FunctionalInterface
    private interface Event {
        void happen() throws Exception;
    }

    @Test
    void nothingIsLostAndOnlyWhatWasInFlightComesTwice() throws Exception {
        String topic = mq.topic(QUEUES);
        String group = newGroup();
        var survivor = consumer(group, topic, "survivor");
        await(survivor, topic, QUEUES);
        try (var load = Load.start(mq.producer(), topic)) {
            for (int round = 1; round <= ROUNDS; round++) {
                killOne(group, topic, survivor, load, "killed" + round);
                stopOne(group, topic, survivor, load, "stopped" + round);
            }
            Set<String> sent = load.stop();
            assertThat(load.refusals()).isEmpty();
            Waiting.soon().until(() -> deliveries.bodyCount() >= sent.size());
            assertThat(deliveries.bodies()).as("received").containsAll(sent);
            assertOnlyWhatWasInFlightCameTwice(sent.size());
        }
    }

    private void killOne(String group, String topic, DefaultMQPushConsumer survivor, Load load, String name)
            throws Exception {
        var other = new ArrayList<ConsumerProcess>();
        move(group, topic, name + " joins", () -> {
            other.add(ConsumerProcess.start(mq.address(), group, topic, deliveries, name));
            await(survivor, topic, QUEUES / 2);
        });
        Waiting.soon().until(() -> deliveries.of(name).size() > MESSAGES_BETWEEN);
        Set<Deliveries.Place> inFlight = new HashSet<>();
        move(group, topic, name + " is killed", () -> {
            other.get(0).kill();
            await(survivor, topic, QUEUES);
            inFlight.addAll(deliveries.of(name));
        });
        load.awaitMore(MESSAGES_BETWEEN);
        Move killing = moves.get(moves.size() - 1);
        inFlight.removeIf(place -> !killing.mayRepeat(place));
        assertThat(repeatedBy(killing))
                .as("twice after the kill: at most what was in flight at the killed consumer")
                .hasSizeLessThanOrEqualTo(inFlight.size());
    }

    private void stopOne(String group, String topic, DefaultMQPushConsumer survivor, Load load, String name)
            throws Exception {
        var other = new ArrayList<DefaultMQPushConsumer>();
        move(group, topic, name + " joins", () -> {
            other.add(consumer(group, topic, name));
            await(survivor, topic, QUEUES / 2);
        });
        Waiting.soon().until(() -> deliveries.of(name).size() > MESSAGES_BETWEEN);
        move(group, topic, name + " stops", () -> {
            other.get(0).shutdown();
            await(survivor, topic, QUEUES);
        });
        load.awaitMore(MESSAGES_BETWEEN);
    }

    private DefaultMQPushConsumer consumer(String group, String topic, String name) throws Exception {
        var consumer = mq.newPushConsumer(group, topic);
        consumer.setAwaitTerminationMillisWhenShutdown(5_000);
        consumer.registerMessageListener(deliveries.listener(name));
        return mq.start(consumer);
    }

    private static void await(DefaultMQPushConsumer consumer, String topic, int queueCount) {
        Waiting.soon().until(() -> assignedQueues(consumer, topic).size() == queueCount);
    }

    private void move(String group, String topic, String what, Event event) throws Exception {
        Map<Integer, Long> consumed = new HashMap<>();
        mq.admin()
                .examineConsumeStats(group, topic)
                .getOffsetTable()
                .forEach((queue, offsets) -> consumed.put(queue.getQueueId(), offsets.getConsumerOffset()));
        event.happen();
        Map<Integer, Long> ends = new HashMap<>();
        for (var queue : mq.queuesOf(topic)) {
            ends.put(queue.getQueueId(), mq.admin().maxOffset(queue));
        }
        moves.add(new Move(what, consumed, ends));
    }

    private Set<Deliveries.Place> repeatedBy(Move move) {
        Set<Deliveries.Place> repeated = new HashSet<>(deliveries.repeated());
        repeated.removeIf(place -> !move.mayRepeat(place));
        return repeated;
    }

    private void assertOnlyWhatWasInFlightCameTwice(int sentCount) {
        Set<Deliveries.Place> unexplained = new HashSet<>(deliveries.repeated());
        for (Move move : moves) {
            Set<Deliveries.Place> explained = repeatedBy(move);
            System.out.println(move.what() + ": " + explained.size() + " of " + sentCount + " messages came twice");
            unexplained.removeAll(explained);
        }
        assertThat(unexplained).as("came twice while nothing moved").isEmpty();
    }
}
