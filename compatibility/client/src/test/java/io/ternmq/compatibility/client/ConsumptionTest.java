package io.ternmq.compatibility.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ternmq.AllocationStrategies;
import io.ternmq.Filter;
import io.ternmq.Lease;
import io.ternmq.LeaseLostException;
import io.ternmq.Message;
import io.ternmq.Partition;
import io.ternmq.Reader;
import io.ternmq.ReceivedMessage;
import io.ternmq.Receiver;
import io.ternmq.Retry;
import io.ternmq.StartAt;
import io.ternmq.TernMQ;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConsumptionTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofSeconds(30);

    @Test
    void leasesAreTakenExtendedAndAcknowledgedByHand() {
        String topic = SERVER.name("leases");
        try (TernMQ mq = SERVER.open();
                Receiver receiver = mq.receiver(SERVER.name("leases"), topic).open()) {
            mq.admin().putTopic(topic, 1);
            for (int i = 0; i < 3; i++) {
                mq.send(Message.to(topic).body("m" + i));
            }
            List<Lease> leases = new ArrayList<>();
            await().atMost(PATIENCE).until(() -> {
                leases.addAll(receiver.receive(3, LEASE));
                return leases.size() >= 3;
            });
            leases.get(0).ack();
            leases.get(1).extend(Duration.ofMinutes(1));
            leases.get(1).ack();
            leases.get(2).nack(Duration.ofSeconds(1));
            List<Lease> again = receiver.receive(3, LEASE);
            assertThat(again).singleElement().satisfies(lease -> {
                assertThat(lease.message().text()).isEqualTo("m2");
                assertThat(lease.message().attempt()).isEqualTo(2);
                lease.ack();
            });
            if (!TestServer.isForeign()) { // RocketMQ takes any acknowledgement
                assertThatThrownBy(() -> leases.get(2).extend(LEASE)).isInstanceOf(LeaseLostException.class);
            }
        }
    }

    @Test
    void hopelessMessagesBecomeDeadLetters() {
        String topic = SERVER.name("hopeless");
        String group = SERVER.name("hopeless");
        var dead = new ConcurrentLinkedQueue<ReceivedMessage>();
        try (TernMQ mq = SERVER.open()) {
            mq.admin().putTopic(topic, 1);
            mq.consumer(group)
                    .on(topic, m -> {
                        throw new IllegalStateException("no");
                    })
                    .retry(Retry.every(Duration.ofSeconds(1)).deadLetterOn(IllegalStateException.class))
                    .start();
            mq.send(Message.to(topic).key("k").body("bad"));
            mq.consumer(SERVER.name("undertaker"))
                    .on(mq.admin().deadLetterTopic(group), dead::add)
                    .start();
            await().atMost(PATIENCE).until(() -> !dead.isEmpty());
            assertThat(dead.element().text()).isEqualTo("bad");
            assertThat(dead.element().keys()).containsExactly("k");
        }
    }

    @Test
    void messagesOfOneOrderingGroupComeInOrder() {
        String topic = SERVER.name("ordered");
        var received = new ConcurrentLinkedQueue<String>();
        try (TernMQ mq = SERVER.open()) {
            mq.admin().putTopic(topic, 4);
            mq.consumer(SERVER.name("ordered"))
                    .on(topic, m -> received.add(m.orderingGroup().orElse("") + m.text()))
                    .ordered()
                    .start();
            for (int i = 0; i < 20; i++) {
                for (String group : List.of("a", "b")) {
                    mq.send(Message.to(topic).orderingGroup(group).body(Integer.toString(i)));
                }
            }
            await().atMost(PATIENCE).until(() -> received.size() >= 40);
            for (String group : List.of("a", "b")) {
                assertThat(received.stream().filter(text -> text.startsWith(group)))
                        .containsExactlyElementsOf(
                                IntStream.range(0, 20).mapToObj(i -> group + i).toList());
            }
        }
    }

    @Test
    void eachBroadcastConsumerGetsEverything() {
        String topic = SERVER.name("broadcast");
        String group = SERVER.name("broadcast");
        var first = new ConcurrentLinkedQueue<String>();
        var second = new ConcurrentLinkedQueue<String>();
        try (TernMQ one = SERVER.open();
                TernMQ two = SERVER.open()) {
            one.admin().putTopic(topic, 2);
            one.consumer(group)
                    .on(topic, m -> first.add(m.text()))
                    .broadcast()
                    .startAt(StartAt.EARLIEST)
                    .start();
            two.consumer(group)
                    .on(topic, m -> second.add(m.text()))
                    .broadcast()
                    .startAt(StartAt.EARLIEST)
                    .start();
            for (int i = 0; i < 10; i++) {
                one.send(Message.to(topic).body("m" + i));
            }
            await().atMost(PATIENCE).until(() -> first.size() >= 10 && second.size() >= 10);
            assertThat(first).hasSize(10).doesNotHaveDuplicates();
            assertThat(second).hasSize(10).doesNotHaveDuplicates();
        }
    }

    @Test
    void membersWithAStrategyShareThePartitions() {
        String topic = SERVER.name("shared");
        String group = SERVER.name("shared");
        var received = new ConcurrentLinkedQueue<String>();
        var ofOne = new CopyOnWriteArrayList<Partition>();
        var ofTwo = new CopyOnWriteArrayList<Partition>();
        try (TernMQ one = SERVER.open();
                TernMQ two = SERVER.open()) {
            one.admin().putTopic(topic, 4);
            join(one, group, topic, received, ofOne);
            await().atMost(PATIENCE).until(() -> ofOne.size() == 4);
            join(two, group, topic, received, ofTwo);
            await().atMost(PATIENCE).until(() -> ofOne.size() == 2 && ofTwo.size() == 2);
            for (int i = 0; i < 20; i++) {
                one.send(Message.to(topic).body("m" + i));
            }
            await().atMost(PATIENCE).until(() -> received.stream().distinct().count() == 20);
        }
    }

    private static void join(
            TernMQ mq,
            String group,
            String topic,
            ConcurrentLinkedQueue<String> received,
            CopyOnWriteArrayList<Partition> assigned) {
        mq.consumer(group)
                .on(topic, m -> received.add(m.text()))
                .allocate(AllocationStrategies.average())
                .membership((members, partitions) -> {
                    assigned.clear(); // besides, somebody has what comes back to the group
                    partitions.stream()
                            .filter(partition -> partition.topic().equals(topic))
                            .forEach(assigned::add);
                })
                .start();
    }

    @Test
    void aReaderReadsFromWhereItIsTold() {
        String topic = SERVER.name("read");
        try (TernMQ mq = SERVER.open()) {
            mq.admin().putTopic(topic, 1);
            for (int i = 0; i < 5; i++) {
                mq.send(Message.to(topic).tag(i % 2 == 0 ? "even" : "odd").body("m" + i));
            }
            try (Reader reader = mq.reader(topic)
                    .startAt(StartAt.EARLIEST)
                    .filter(Filter.tags("even"))
                    .open()) {
                List<String> texts = new ArrayList<>();
                await().atMost(PATIENCE).until(() -> {
                    reader.read(10, Duration.ofSeconds(1)).forEach(m -> texts.add(m.text()));
                    return texts.size() >= 3;
                });
                assertThat(texts).containsExactly("m0", "m2", "m4");
                reader.seek(reader.partitions().get(0), 3);
                assertThat(reader.read(10, Duration.ofSeconds(5)))
                        .extracting(ReceivedMessage::text)
                        .containsExactly("m4");
                reader.seekToEnd();
                assertThat(reader.read(10, Duration.ofMillis(200))).isEmpty();
            }
        }
    }

    @Test
    void sqlFiltersLookAtProperties() {
        String topic = SERVER.name("sql");
        var received = new ConcurrentLinkedQueue<String>();
        try (TernMQ mq = SERVER.open()) {
            mq.admin().putTopic(topic, 1);
            for (int i = 0; i < 4; i++) {
                mq.send(Message.to(topic).property("price", Integer.toString(i)).body("m" + i));
            }
            mq.consumer(SERVER.name("sql"))
                    .on(topic, Filter.sql("price > 1"), m -> received.add(m.text()))
                    .start();
            await().atMost(PATIENCE).until(() -> received.size() >= 2);
            assertThat(received).containsExactlyInAnyOrder("m2", "m3");
        }
    }
}
