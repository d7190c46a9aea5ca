package io.ternmq.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ternmq.ClosedException;
import io.ternmq.Filter;
import io.ternmq.Lag;
import io.ternmq.Lease;
import io.ternmq.Message;
import io.ternmq.Partition;
import io.ternmq.Reader;
import io.ternmq.ReceivedMessage;
import io.ternmq.Receiver;
import io.ternmq.StartAt;
import io.ternmq.Subscription;
import io.ternmq.TernMQ;
import io.ternmq.TernMQBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What the API promises of consuming by its less common settings, whatever is under it. Each test uses topics and groups of its own. */
abstract class ConsumeContract {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final String INSTANCE = "till-7";

    @TempDir
    Path folder;

    private final ExecutorService threads =
            Executors.newCachedThreadPool(task -> new Thread(task, "of-the-application"));
    TernMQ mq;
    String topic = "";
    String group = "";

    /** Begins to open the queue that is tested. */
    abstract TernMQBuilder queue();

    @BeforeEach
    void open(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
        group = "g-" + topic;
        mq = queue().instance(INSTANCE).open();
    }

    @AfterEach
    void close() {
        mq.close();
        threads.shutdownNow();
    }

    @Test
    void handlersRunOnTheExecutorThatIsGiven() {
        Set<String> names = ConcurrentHashMap.newKeySet();
        try (Subscription member = mq.consumer(group)
                .on(topic, message -> names.add(Thread.currentThread().getName()))
                .executor(threads)
                .start()) {
            mq.send(Message.to(topic).body("x"));
            await().untilAsserted(() -> assertThat(names).containsExactly("of-the-application"));
            assertThat(member.group()).isEqualTo(group);
        }
        assertThat(threads.isShutdown()).isFalse();
    }

    @Test
    void aBroadcastMemberHandlesNoMoreAtATimeThanItSaid() {
        mq.admin().putTopic(topic, 4);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger handled = new AtomicInteger();
        CountDownLatch mayEnd = new CountDownLatch(1);
        mq.consumer(group)
                .on(topic, message -> {
                    running.incrementAndGet();
                    mayEnd.await();
                    handled.incrementAndGet();
                })
                .broadcast()
                .startAt(StartAt.EARLIEST)
                .concurrency(2)
                .executor(threads)
                .start();
        for (int i = 0; i < 16; i++) {
            mq.send(Message.to(topic).body("m" + i));
        }
        await().until(() -> running.get() == 2);
        await().during(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(running).hasValue(2));
        mayEnd.countDown();
        await().untilAsserted(() -> assertThat(handled).hasValue(16));
    }

    @Test
    void closingTellsWhetherHandlersHaveEnded() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Subscription member = mq.consumer(group)
                .on(topic, message -> {
                    begun.countDown();
                    mayEnd.await();
                })
                .closeTimeout(Duration.ofMillis(100))
                .start();
        mq.send(Message.to(topic).body("x"));
        begun.await();
        assertThat(member.close(Duration.ofMillis(100))).isFalse();
        assertThat(CompletableFuture.runAsync(member::close)).succeedsWithin(LONG);
        mayEnd.countDown();
        assertThat(member.close(LONG)).isTrue();
    }

    @Test
    void aReceiverNeedNotHoldAThread() {
        try (Receiver receiver = mq.receiver(group, topic).open()) {
            CompletableFuture<List<Lease>> taking = receiver.receiveAsync(4, LEASE, Duration.ofSeconds(20));
            assertThat(taking).isNotDone();
            mq.send(Message.to(topic).body("x"));
            assertThat(taking).succeedsWithin(LONG);
            assertThat(taking.join())
                    .extracting(lease -> lease.message().text())
                    .containsExactly("x");
            taking.join().get(0).ack();
            assertThat(receiver.receiveAsync(4, LEASE, Duration.ZERO)).succeedsWithin(LONG);
            assertThat(receiver.receiveAsync(0, LEASE, Duration.ZERO))
                    .failsWithin(LONG)
                    .withThrowableThat()
                    .withCauseInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aReceiverTakesWhatItsFilterWants() {
        mq.send(Message.to(topic).tag("a").body("not this"));
        mq.send(Message.to(topic).tag("b").body("this"));
        try (Receiver receiver =
                mq.receiver(group, topic).filter(Filter.tags("b")).open()) {
            List<Lease> leases = receiver.receive(4, LEASE);
            assertThat(leases).extracting(lease -> lease.message().text()).containsExactly("this");
            leases.get(0).ack();
        }
        assertThatThrownBy(() -> mq.receiver(group, topic).lane(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lane");
    }

    @Test
    void aMemberByLeaseIsToldWhoIsThereAndHasNoPartitions() {
        List<List<String>> told = new CopyOnWriteArrayList<>();
        List<Partition> assigned = new CopyOnWriteArrayList<>();
        mq.consumer(group)
                .on(topic, message -> {})
                .membership((members, partitions) -> {
                    told.add(members);
                    assigned.addAll(partitions);
                })
                .start();
        await().until(() -> !told.isEmpty());
        assertThat(told.get(0)).singleElement().asString().startsWith(INSTANCE);
        assertThat(assigned).isEmpty();
    }

    @Test
    void aBroadcastMemberTellsItsOwnLag() {
        mq.admin().putTopic(topic, 2);
        for (int i = 0; i < 5; i++) {
            mq.send(Message.to(topic).body("old"));
        }
        List<String> received = new CopyOnWriteArrayList<>();
        Subscription member = mq.consumer(group)
                .on(topic, message -> received.add(message.text()))
                .broadcast()
                .start();
        assertThat(member.lag()).isEqualTo(Lag.NONE);
        member.pause();
        for (int i = 0; i < 3; i++) {
            mq.send(Message.to(topic).body("new"));
        }
        assertThat(member.lag().messages()).isEqualTo(3);
        member.resume();
        await().untilAsserted(() -> assertThat(received).hasSize(3).containsOnly("new"));
        await().untilAsserted(() -> assertThat(member.lag()).isEqualTo(Lag.NONE));
    }

    @Test
    void aTimeInTheMiddleIsWhereReadingGoesOn() {
        mq.admin().putTopic(topic, 1);
        sent("m0", "m1", "m2");
        Instant between = Instant.now().plusMillis(5);
        await().until(() -> Instant.now().isAfter(between.plusMillis(5)));
        sent("m3", "m4");

        try (Reader reader = mq.reader(topic).startAt(between).open()) {
            assertThat(texts(reader)).containsExactly("m3", "m4");
            reader.seekToBeginning();
            assertThat(texts(reader)).hasSize(5);
            reader.seek(between);
            assertThat(texts(reader)).containsExactly("m3", "m4");
        }
    }

    @Test
    void aGroupGoesToATimeInTheMiddle() {
        mq.admin().putTopic(topic, 1);
        sent("m0", "m1", "m2");
        Instant between = Instant.now().plusMillis(5);
        await().until(() -> Instant.now().isAfter(between.plusMillis(5)));
        sent("m3", "m4");
        List<String> received = new CopyOnWriteArrayList<>();
        try (Subscription member = mq.consumer(group)
                .on(topic, message -> received.add(message.text()))
                .start()) {
            await().untilAsserted(() -> assertThat(received).hasSize(5));
            await().untilAsserted(() -> assertThat(member.lag()).isEqualTo(Lag.NONE));
        }
        mq.admin().reset(group, topic, between);
        received.clear();
        mq.consumer(group).on(topic, message -> received.add(message.text())).start();
        await().untilAsserted(() -> assertThat(received).containsExactlyInAnyOrder("m3", "m4"));
        await().during(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(received).hasSize(2));
    }

    private void sent(String... texts) {
        for (String text : texts) {
            mq.send(Message.to(topic).body(text));
        }
    }

    private static List<String> texts(Reader reader) {
        List<String> texts = new ArrayList<>();
        for (ReceivedMessage message : reader.read(100, LONG)) {
            texts.add(message.text());
        }
        return texts;
    }

    @Test
    void closingTheQueueClosesWhoTakesByHand() {
        mq.admin().putTopic(topic, 1);
        Receiver receiver = mq.receiver(group, topic).open();
        Reader reader = mq.reader(topic).open();
        CompletableFuture<List<Lease>> taking = receiver.receiveAsync(1, LEASE, Duration.ofMinutes(1));
        mq.close();
        assertThat(taking).succeedsWithin(LONG);
        assertThat(taking.join()).isEmpty();
        assertThatThrownBy(() -> receiver.receive(1, LEASE, Duration.ZERO)).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> reader.read(1, Duration.ZERO)).isInstanceOf(ClosedException.class);
    }
}
