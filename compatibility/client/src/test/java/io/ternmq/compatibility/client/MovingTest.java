package io.ternmq.compatibility.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.AllocationStrategies;
import io.ternmq.Message;
import io.ternmq.Partition;
import io.ternmq.ReceivedMessage;
import io.ternmq.TernMQ;
import io.ternmq.Transaction;
import io.ternmq.TransactionChecker.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A team can move its applications one by one, both ways: our client and RocketMQ's read each other's messages, and share groups. */
class MovingTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final String LONG = "a long body ".repeat(1_000);

    @Test
    void rocketMqsConsumerReadsWhatOurClientSends() throws Exception {
        String topic = SERVER.name("ours");
        try (TernMQ mq = TernMQ.at(SERVER.address())
                .transactions(SERVER.name("shop"), prepared -> Decision.UNKNOWN)
                .open()) {
            mq.admin().putTopic(topic, 2);
            try (TheirConsumer theirs = new TheirConsumer(SERVER, SERVER.name("theirs"), topic)) {
                mq.send(Message.to(topic)
                        .keys(List.of("42", "43"))
                        .tag("paid")
                        .property("color", "blue")
                        .body("plain"));
                mq.send(Message.to(topic).delay(SOON).body("delayed"));
                mq.send(Message.to(topic).body(LONG));
                mq.send(List.of(
                        Message.to(topic).key("b1").body("batch 1"),
                        Message.to(topic).tag("b2").body("batch 2")));
                try (Transaction kept = mq.prepare(Message.to(topic).key("t1").body("committed"))) {
                    kept.commit();
                }

                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(theirs.bodies())
                                .containsExactlyInAnyOrder(
                                        "plain", "delayed", LONG, "batch 1", "batch 2", "committed"));
                MessageExt plain = withBody(theirs, "plain");
                assertThat(plain.getKeys()).isEqualTo("42 43");
                assertThat(plain.getTags()).isEqualTo("paid");
                assertThat(plain.getUserProperty("color")).isEqualTo("blue");
                assertThat(withBody(theirs, "batch 1").getKeys()).isEqualTo("b1");
                assertThat(withBody(theirs, "batch 2").getTags()).isEqualTo("b2");
                assertThat(withBody(theirs, "committed").getKeys()).isEqualTo("t1");
            }
        }
    }

    private static MessageExt withBody(TheirConsumer theirs, String body) {
        return theirs.received().stream()
                .filter(message -> TheirConsumer.text(message).equals(body))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void ourConsumerReadsWhatRocketMqsProducersSend() throws Exception {
        String topic = SERVER.name("theirs");
        Queue<ReceivedMessage> received = new ConcurrentLinkedQueue<>();
        TransactionMQProducer producer = new TransactionMQProducer(SERVER.name("producers"));
        producer.setNamesrvAddr(SERVER.hostPort());
        producer.setTransactionListener(new Committing());
        try (TernMQ mq = SERVER.open()) {
            mq.admin().putTopic(topic, 2);
            mq.consumer(SERVER.name("ours")).on(topic, received::add).start();
            producer.start();
            org.apache.rocketmq.common.message.Message plain = theirMessage(topic, "plain");
            plain.setKeys(List.of("42", "43"));
            plain.setTags("paid");
            plain.putUserProperty("color", "blue");
            producer.send(plain);
            org.apache.rocketmq.common.message.Message level = theirMessage(topic, "level 1");
            level.setDelayTimeLevel(1);
            producer.send(level);
            org.apache.rocketmq.common.message.Message timed = theirMessage(topic, "timed");
            timed.setDelayTimeMs(SOON.toMillis());
            producer.send(timed);
            producer.send(theirMessage(topic, LONG));
            producer.send(List.of(theirMessage(topic, "batch 1"), theirMessage(topic, "batch 2")));
            producer.sendMessageInTransaction(theirMessage(topic, "committed"), "");

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(received)
                            .extracting(ReceivedMessage::text)
                            .containsExactlyInAnyOrder(
                                    "plain", "level 1", "timed", LONG, "batch 1", "batch 2", "committed"));
            ReceivedMessage found = received.stream()
                    .filter(message -> message.text().equals("plain"))
                    .findFirst()
                    .orElseThrow();
            assertThat(found.keys()).containsExactly("42", "43");
            assertThat(found.tag()).contains("paid");
            assertThat(found.property("color")).contains("blue");
        } finally {
            producer.shutdown();
        }
    }

    private static org.apache.rocketmq.common.message.Message theirMessage(String topic, String body) {
        return new org.apache.rocketmq.common.message.Message(topic, body.getBytes(UTF_8));
    }

    private static final class Committing implements TransactionListener {
        @Override
        public LocalTransactionState executeLocalTransaction(
                org.apache.rocketmq.common.message.Message message, Object argument) {
            return LocalTransactionState.COMMIT_MESSAGE;
        }

        @Override
        public LocalTransactionState checkLocalTransaction(MessageExt message) {
            return LocalTransactionState.UNKNOW;
        }
    }

    @Test
    void membersOfBothKindsShareTheQueuesOfAGroup() throws Exception {
        String topic = SERVER.name("shared");
        String group = SERVER.name("shared");
        Queue<String> ours = new ConcurrentLinkedQueue<>();
        List<Partition> assigned = new CopyOnWriteArrayList<>();
        try (TernMQ mq = SERVER.open()) {
            mq.admin().putTopic(topic, 4);
            mq.consumer(group)
                    .on(topic, message -> ours.add(message.text()))
                    .allocate(AllocationStrategies.average())
                    .membership((members, partitions) -> {
                        assigned.clear(); // besides, somebody has what comes back to the group
                        partitions.stream()
                                .filter(partition -> partition.topic().equals(topic))
                                .forEach(assigned::add);
                    })
                    .start();
            try (TheirConsumer theirs = new TheirConsumer(SERVER, group, topic)) {
                await().atMost(PATIENCE).until(() -> assigned.size() == 2);
                List<String> sent = new ArrayList<>();
                await().atMost(PATIENCE).until(() -> {
                    sent.addAll(send(mq, topic, sent.size(), 8));
                    return !ours.isEmpty() && !theirs.bodies().isEmpty();
                });
                await().atMost(PATIENCE).untilAsserted(() -> {
                    List<String> all = new ArrayList<>(ours);
                    all.addAll(theirs.bodies());
                    assertThat(all).containsExactlyInAnyOrderElementsOf(sent);
                });
            }
            List<String> after = send(mq, topic, 10_000, 8);
            await().atMost(PATIENCE).until(() -> ours.containsAll(after));
        }
    }

    private static List<String> send(TernMQ mq, String topic, int from, int count) {
        List<String> bodies =
                IntStream.range(from, from + count).mapToObj(i -> "m" + i).toList();
        bodies.forEach(body -> mq.send(Message.to(topic).body(body)));
        return bodies;
    }

    @Test
    void aGroupGoesOnWithTheOtherClientWhereTheFirstHasStopped() throws Exception {
        String topic = SERVER.name("rolled");
        String group = SERVER.name("rolled");
        Queue<String> ours = new ConcurrentLinkedQueue<>();
        DefaultMQProducer producer = new DefaultMQProducer(SERVER.name("producers"));
        producer.setNamesrvAddr(SERVER.hostPort());
        try (TernMQ mq = SERVER.open()) {
            mq.admin().putTopic(topic, 2);
            producer.start();
            List<String> first = send(mq, topic, 0, 10);
            try (TheirConsumer theirs = new TheirConsumer(SERVER, group, topic)) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(theirs.bodies()).containsExactlyInAnyOrderElementsOf(first));
            }
            List<String> second = new ArrayList<>();
            for (String body : Arrays.asList("n0", "n1", "n2", "n3")) {
                producer.send(theirMessage(topic, body));
                second.add(body);
            }
            mq.consumer(group).on(topic, message -> ours.add(message.text())).start();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(ours).containsExactlyInAnyOrderElementsOf(second));
        } finally {
            producer.shutdown();
        }
    }
}
