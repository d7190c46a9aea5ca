package io.ternmq.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ternmq.Filter;
import io.ternmq.InvalidRequestException;
import io.ternmq.Lag;
import io.ternmq.Lease;
import io.ternmq.LeaseLostException;
import io.ternmq.Message;
import io.ternmq.Partition;
import io.ternmq.Reader;
import io.ternmq.RecallResult;
import io.ternmq.ReceivedMessage;
import io.ternmq.Receiver;
import io.ternmq.Retry;
import io.ternmq.RetryLaterException;
import io.ternmq.SendInterceptor;
import io.ternmq.SendReceipt;
import io.ternmq.StartAt;
import io.ternmq.Subscription;
import io.ternmq.TernMQ;
import io.ternmq.TernMQBuilder;
import io.ternmq.Transaction;
import io.ternmq.TransactionChecker.Decision;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What the API promises, whatever is under it. Each test uses topics and groups of its own. */
abstract class MessagingContract {

    private static final Duration LEASE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    TernMQ mq;
    private String topic = "";
    private String group = "";

    /** Begins to open the queue that is tested; each call in one test means the same one. */
    abstract TernMQBuilder queue();

    @BeforeEach
    void open(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName();
        topic = name;
        group = "g-" + name;
        mq = queue().transactions("shop", prepared -> Decision.UNKNOWN).open();
    }

    @AfterEach
    void close() {
        mq.close();
    }

    @Test
    void whatIsSentArrivesWithAllItWasSentWith() {
        List<ReceivedMessage> received = new CopyOnWriteArrayList<>();
        mq.consumer(group).on(topic, received::add).start();

        SendReceipt receipt = mq.send(Message.to(topic)
                .key("42")
                .key("43")
                .tag("paid")
                .property("region", "eu")
                .orderingGroup("customer-7")
                .priority(3)
                .body("grüße"));

        await().until(() -> received.size() == 1);
        ReceivedMessage message = received.get(0);
        assertThat(message.id()).isEqualTo(receipt.id());
        assertThat(message.topic()).isEqualTo(topic);
        assertThat(message.text()).isEqualTo("grüße");
        assertThat(message.keys()).containsExactly("42", "43");
        assertThat(message.tag()).contains("paid");
        assertThat(message.properties()).isEqualTo(Map.of("region", "eu"));
        assertThat(message.orderingGroup()).contains("customer-7");
        assertThat(message.priority()).isEqualTo(3);
        assertThat(message.attempt()).isEqualTo(1);
        assertThat(message.partition()).isEqualTo(receipt.partition());
        assertThat(message.offset()).isEqualTo(receipt.offset());
    }

    @Test
    void aSendThatDoesNotWaitIsStoredInOrder() {
        List<CompletableFuture<SendReceipt>> sends = IntStream.range(0, 500)
                .mapToObj(i -> mq.sendAsync(Message.to(topic).key("same").body("m" + i)))
                .toList();
        sends.forEach(CompletableFuture::join);

        List<String> read = new ArrayList<>();
        try (Reader reader = mq.reader(topic).open()) {
            while (read.size() < 500) {
                reader.read(1_000, Duration.ofSeconds(5)).forEach(message -> read.add(message.text()));
            }
        }
        assertThat(read)
                .isEqualTo(IntStream.range(0, 500).mapToObj(i -> "m" + i).toList());
    }

    @Test
    void aBatchLiesTogetherInOnePartition() {
        List<SendReceipt> receipts = mq.send(IntStream.range(0, 10)
                .mapToObj(i -> Message.to(topic).body("b" + i))
                .toList());

        assertThat(receipts)
                .extracting(SendReceipt::partition)
                .containsOnly(receipts.get(0).partition());
        long first = receipts.get(0).offset();
        assertThat(receipts)
                .extracting(SendReceipt::offset)
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> first + i).toList());
    }

    @Test
    void aOneWaySendArrivesToo() {
        List<String> received = new CopyOnWriteArrayList<>();
        mq.consumer(group).on(topic, message -> received.add(message.text())).start();
        mq.sendOneWay(Message.to(topic).body("quick"));
        await().untilAsserted(() -> assertThat(received).containsExactly("quick"));
    }

    @Test
    void whatTheQueueUsesItselfIsRefusedAsAProperty() {
        assertThatThrownBy(() -> mq.send(Message.to(topic).property("KEYS", "x").body("x")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("KEYS");
    }

    @Test
    void whatIsAttachedToAFutureMayWaitForTheQueue() {
        List<CompletableFuture<Void>> chains = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            chains.add(mq.sendAsync(Message.to(topic).key("k" + i).body("first"))
                    .thenAccept(receipt ->
                            mq.send(Message.to(topic).key(receipt.id()).body("second"))));
        }
        assertThat(chains).allSatisfy(chain -> assertThat(chain).succeedsWithin(Duration.ofSeconds(10)));
    }

    @Test
    void aPropertyComesAsItWentAndIsNeverEmpty() {
        List<String> received = new CopyOnWriteArrayList<>();
        mq.consumer(group)
                .on(topic, message -> received.add(message.property("note").orElse("none")))
                .start();
        mq.send(Message.to(topic).property("note", " \u00e4=&\n ").body("x"));
        await().untilAsserted(() -> assertThat(received).containsExactly(" \u00e4=&\n "));
        assertThatThrownBy(() -> Message.to(topic).property("note", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not empty");
    }

    @Test
    void aTopicWithAnImpossibleNameIsRefused() {
        assertThatThrownBy(() -> mq.send(Message.to("no spaces please").body("x")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("no spaces please");
    }

    @Test
    void membersOfAGroupShareAndGroupsDoNot() {
        Set<String> one = ConcurrentHashMap.newKeySet();
        Set<String> two = ConcurrentHashMap.newKeySet();
        Set<String> others = ConcurrentHashMap.newKeySet();
        List<String> twice = new CopyOnWriteArrayList<>();
        mq.consumer(group).on(topic, message -> note(one, twice, message)).start();
        mq.consumer(group).on(topic, message -> note(two, twice, message)).start();
        mq.consumer(group + "-2")
                .on(topic, message -> note(others, twice, message))
                .start();

        for (int i = 0; i < 200; i++) {
            mq.send(Message.to(topic).body("m" + i));
        }

        await().untilAsserted(() -> {
            assertThat(one.size() + two.size()).isEqualTo(200);
            assertThat(others).hasSize(200);
        });
        assertThat(twice).isEmpty();
        assertThat(Collections.disjoint(one, two)).isTrue();
    }

    private static void note(Set<String> seen, List<String> twice, ReceivedMessage message) {
        if (!seen.add(message.text())) {
            twice.add(message.text());
        }
    }

    @Test
    void aFailedMessageIsTriedAgainAndCountsItsAttempts() {
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        mq.consumer(group)
                .on(topic, message -> {
                    attempts.add(message.attempt());
                    if (message.attempt() < 3) {
                        throw new IllegalStateException("not yet");
                    }
                })
                .retry(Retry.every(Duration.ofMillis(50)))
                .start();
        mq.send(Message.to(topic).body("x"));
        await().untilAsserted(() -> assertThat(attempts).containsExactly(1, 2, 3));
    }

    @Test
    void aHandlerSaysItselfWhenToTryAgain() {
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        mq.consumer(group)
                .on(topic, message -> {
                    attempts.add(message.attempt());
                    if (message.attempt() == 1) {
                        throw new RetryLaterException(Duration.ofMillis(100));
                    }
                })
                .start();
        mq.send(Message.to(topic).body("x"));
        await().untilAsserted(() -> assertThat(attempts).containsExactly(1, 2));
    }

    @Test
    void whatFailsTooOftenBecomesADeadLetterThatCanBeRead() {
        mq.consumer(group)
                .on(topic, message -> {
                    throw new IllegalStateException("never");
                })
                .retry(Retry.every(Duration.ofMillis(20)).attempts(2))
                .start();
        SendReceipt receipt = mq.send(Message.to(topic).key("k").body("poison"));

        List<ReceivedMessage> dead = new ArrayList<>();
        await().ignoreExceptions().until(() -> {
            try (Reader reader = mq.reader(mq.admin().deadLetterTopic(group)).open()) {
                dead.addAll(reader.read(10, Duration.ofSeconds(1)));
            }
            return !dead.isEmpty();
        });
        assertThat(dead.get(0).text()).isEqualTo("poison");
        assertThat(dead.get(0).id()).isEqualTo(receipt.id());
    }

    @Test
    void tagsFilter() {
        List<String> received = new CopyOnWriteArrayList<>();
        mq.consumer(group)
                .on(topic, Filter.tags("a", "b"), message -> received.add(message.text()))
                .start();
        mq.send(Message.to(topic).tag("c").body("not"));
        mq.send(Message.to(topic).body("not either"));
        mq.send(Message.to(topic).tag("a").body("one"));
        mq.send(Message.to(topic).tag("b").body("two"));
        await().untilAsserted(() -> assertThat(received).containsExactlyInAnyOrder("one", "two"));
    }

    @Test
    void sqlFilters() {
        List<String> received = new CopyOnWriteArrayList<>();
        mq.consumer(group)
                .on(topic, Filter.sql("price > 5 AND region = 'eu'"), message -> received.add(message.text()))
                .start();
        mq.send(Message.to(topic)
                .property("price", "9")
                .property("region", "us")
                .body("not"));
        mq.send(Message.to(topic)
                .property("price", "3")
                .property("region", "eu")
                .body("not"));
        mq.send(Message.to(topic)
                .property("price", "7")
                .property("region", "eu")
                .body("yes"));
        await().untilAsserted(() -> assertThat(received).containsExactly("yes"));
    }

    @Test
    void aBadFilterIsRefusedAtOnce() {
        assertThatThrownBy(() -> mq.consumer(group)
                        .on(topic, Filter.sql("price >"), message -> {})
                        .start())
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void aDelayedMessageComesWhenItIsDueAndNotBefore() {
        List<Instant> received = new CopyOnWriteArrayList<>();
        mq.consumer(group).on(topic, message -> received.add(Instant.now())).start();
        Instant sent = Instant.now();
        mq.send(Message.to(topic).body("later").delay(Duration.ofMillis(1_500)));
        await().until(() -> received.size() == 1);
        assertThat(Duration.between(sent, received.get(0))).isGreaterThanOrEqualTo(Duration.ofMillis(1_450));
    }

    @Test
    void aDelayedMessageCanBeTakenBack() {
        SendReceipt receipt = mq.send(Message.to(topic).body("no").delay(Duration.ofHours(1)));
        assertThat(mq.recall(receipt)).isEqualTo(RecallResult.CANCELLED);
        assertThat(mq.recall(receipt)).as("asked again").isEqualTo(RecallResult.CANCELLED);
    }

    @Test
    void whatIsDeliveredIsNotTakenBack() {
        List<String> received = new CopyOnWriteArrayList<>();
        mq.consumer(group).on(topic, message -> received.add(message.text())).start();
        SendReceipt receipt = mq.send(Message.to(topic).body("gone").delay(Duration.ofMillis(300)));
        await().untilAsserted(() -> assertThat(received).containsExactly("gone"));
        assertThat(mq.recall(receipt)).isEqualTo(RecallResult.DELIVERED);
    }

    @Test
    void orderedMessagesOfOneGroupComeOneAfterTheOther() {
        Map<String, List<Integer>> seen = new ConcurrentHashMap<>();
        Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
        List<String> together = new CopyOnWriteArrayList<>();
        mq.consumer(group)
                .on(topic, message -> {
                    String key = message.orderingGroup().orElseThrow();
                    AtomicInteger now = running.computeIfAbsent(key, any -> new AtomicInteger());
                    if (now.incrementAndGet() > 1) {
                        together.add(key);
                    }
                    seen.computeIfAbsent(key, any -> new CopyOnWriteArrayList<>())
                            .add(Integer.parseInt(message.text()));
                    now.decrementAndGet();
                })
                .ordered()
                .start();
        for (int i = 0; i < 40; i++) {
            for (String key : List.of("a", "b", "c")) {
                mq.send(Message.to(topic).orderingGroup(key).body(Integer.toString(i)));
            }
        }
        List<Integer> inOrder = IntStream.range(0, 40).boxed().toList();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(seen).isEqualTo(Map.of("a", inOrder, "b", inOrder, "c", inOrder)));
        assertThat(together).isEmpty();
    }

    @Test
    void everyBroadcastMemberGetsEveryMessage() {
        mq.admin().putTopic(topic, 4);
        List<String> one = new CopyOnWriteArrayList<>();
        List<String> two = new CopyOnWriteArrayList<>();
        mq.consumer(group)
                .on(topic, message -> one.add(message.text()))
                .broadcast()
                .start();
        mq.consumer(group)
                .on(topic, message -> two.add(message.text()))
                .broadcast()
                .start();
        for (int i = 0; i < 20; i++) {
            mq.send(Message.to(topic).body("m" + i));
        }
        await().untilAsserted(() -> {
            assertThat(one).hasSize(20);
            assertThat(two).containsExactlyInAnyOrderElementsOf(one);
        });
    }

    @Test
    void aBroadcastMemberGoesOnWhereItsFileSays() {
        Path offsets = folder.resolve("offsets");
        mq.send(Message.to(topic).body("first"));
        List<String> before = new CopyOnWriteArrayList<>();
        try (Subscription member = mq.consumer(group)
                .on(topic, message -> before.add(message.text()))
                .broadcast()
                .offsetsIn(offsets)
                .start()) {
            await().untilAsserted(() -> assertThat(before).containsExactly("first"));
            assertThat(member.topics()).containsExactly(topic);
        }
        mq.send(Message.to(topic).body("second"));
        List<String> after = new CopyOnWriteArrayList<>();
        mq.consumer(group)
                .on(topic, message -> after.add(message.text()))
                .broadcast()
                .offsetsIn(offsets)
                .start();
        await().untilAsserted(() -> assertThat(after).containsExactly("second"));
    }

    @Test
    void batchesReachABatchHandler() {
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 30; i++) {
            mq.send(Message.to(topic).key("one").body("m" + i));
        }
        mq.consumer(group)
                .onBatch(topic, Filter.all(), 10, messages -> sizes.add(messages.size()))
                .start();
        await().untilAsserted(() ->
                assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(30));
        assertThat(sizes).allMatch(size -> size <= 10);
        assertThat(Collections.max(sizes)).isGreaterThan(1);
    }

    @Test
    void aReceiverHoldsWhatItTookUntilItSaysSo() {
        mq.send(Message.to(topic).body("x"));
        try (Receiver receiver = mq.receiver(group, topic).open()) {
            List<Lease> leases = receiver.receive(4, LEASE);
            assertThat(leases).hasSize(1);
            assertThat(receiver.receive(4, LEASE, Duration.ofMillis(200))).isEmpty();

            Lease lease = leases.get(0);
            lease.extend(LEASE.multipliedBy(2));
            assertThat(lease.deadline()).isAfter(Instant.now().plus(LEASE));
            lease.nack(Duration.ZERO);
            assertThatThrownBy(lease::ack).isInstanceOf(LeaseLostException.class);

            List<Lease> again = receiver.receive(4, LEASE);
            assertThat(again).hasSize(1);
            assertThat(again.get(0).message().attempt()).isEqualTo(2);
            again.get(0).ack();
            assertThat(receiver.receive(4, LEASE, Duration.ofMillis(200))).isEmpty();
        }
    }

    @Test
    void aReceiverCanGiveAMessageUp() {
        mq.send(Message.to(topic).body("x"));
        try (Receiver receiver = mq.receiver(group, topic).open()) {
            receiver.receive(1, LEASE).get(0).deadLetter();
        }
        await().ignoreExceptions().until(() -> {
            try (Reader dead = mq.reader(mq.admin().deadLetterTopic(group)).open()) {
                return dead.read(1, Duration.ofSeconds(1)).size() == 1;
            }
        });
    }

    @Test
    void aReaderGoesWhereItIsTold() {
        mq.admin().putTopic(topic, 1);
        for (int i = 0; i < 10; i++) {
            mq.send(Message.to(topic).body("m" + i));
        }
        try (Reader reader = mq.reader(topic).open()) {
            Partition only = reader.partitions().get(0);
            assertThat(reader.read(3, Duration.ofSeconds(5)))
                    .extracting(ReceivedMessage::text)
                    .containsExactly("m0", "m1", "m2");
            assertThat(reader.position(only)).isEqualTo(3);
            assertThat(reader.lag().messages()).isEqualTo(7);
            reader.seek(only, 8);
            assertThat(reader.read(10, Duration.ofSeconds(5)))
                    .extracting(ReceivedMessage::text)
                    .containsExactly("m8", "m9");
            reader.seekToBeginning();
            assertThat(reader.read(1, Duration.ofSeconds(5)))
                    .extracting(ReceivedMessage::text)
                    .containsExactly("m0");
            reader.seekToEnd();
            assertThat(reader.read(1, Duration.ofMillis(100))).isEmpty();
            reader.seek(Instant.EPOCH);
            reader.pause(only);
            assertThat(reader.read(1, Duration.ofMillis(100))).isEmpty();
            reader.resume(only);
            assertThat(reader.read(10, Duration.ofSeconds(5))).hasSize(10);
        }
    }

    @Test
    void aReaderGoesOnWhereItsGroupWas() {
        mq.admin().putTopic(topic, 1);
        mq.send(Message.to(topic).body("first"));
        mq.send(Message.to(topic).body("second"));
        try (Reader reader = mq.reader(topic).group(group).open()) {
            assertThat(reader.read(1, Duration.ofSeconds(5)))
                    .extracting(ReceivedMessage::text)
                    .containsExactly("first");
            reader.commit();
        }
        try (Reader reader = mq.reader(topic).group(group).open()) {
            assertThat(reader.read(1, Duration.ofSeconds(5)))
                    .extracting(ReceivedMessage::text)
                    .containsExactly("second");
        }
    }

    @Test
    void aReaderWaitsForWhatIsSentMeanwhile() {
        mq.admin().putTopic(topic, 2);
        try (Reader reader = mq.reader(topic).startAt(StartAt.LATEST).open()) {
            CompletableFuture<SendReceipt> sending = CompletableFuture.supplyAsync(
                    () -> mq.send(Message.to(topic).body("now")),
                    CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
            assertThat(reader.read(1, Duration.ofSeconds(10)))
                    .extracting(ReceivedMessage::text)
                    .containsExactly("now");
            sending.join();
        }
    }

    @Test
    void aTransactionIsSeenOnceItIsCommitted() {
        List<String> received = new CopyOnWriteArrayList<>();
        mq.consumer(group).on(topic, message -> received.add(message.text())).start();
        try (Transaction lost = mq.prepare(Message.to(topic).body("rolled back"))) {
            assertThat(lost.receipt().id()).isNotEmpty();
        }
        try (Transaction kept = mq.prepare(Message.to(topic).body("committed"))) {
            kept.commit();
        }
        await().untilAsserted(() -> assertThat(received).containsExactly("committed"));
    }

    @Test
    void aRequestIsAnswered() {
        mq.consumer(group).answer(topic, request -> "hello " + request.text()).start();
        assertThat(mq.request(Message.to(topic).body("you"), Duration.ofSeconds(10))
                        .text())
                .isEqualTo("hello you");
    }

    @Test
    void aPausedMemberTakesNothingUntilItGoesOn() {
        List<String> received = new CopyOnWriteArrayList<>();
        Subscription member = mq.consumer(group)
                .on(topic, message -> received.add(message.text()))
                .start();
        member.pause();
        mq.send(Message.to(topic).body("waits"));
        await().untilAsserted(() -> assertThat(member.lag().messages()).isEqualTo(1));
        assertThat(received).isEmpty();
        member.resume();
        await().untilAsserted(() -> assertThat(received).containsExactly("waits"));
        await().untilAsserted(() -> assertThat(member.lag()).isEqualTo(Lag.NONE));
    }

    @Test
    void closingWaitsForHandlersAndGivesTheRestBack() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        List<String> handled = new CopyOnWriteArrayList<>();
        Subscription first = mq.consumer(group)
                .on(topic, message -> {
                    begun.countDown();
                    mayEnd.await();
                    handled.add(message.text());
                })
                .concurrency(1)
                .start();
        for (int i = 0; i < 5; i++) {
            mq.send(Message.to(topic).body("m" + i));
        }
        begun.await();
        CompletableFuture<Boolean> closing = CompletableFuture.supplyAsync(() -> first.close(Duration.ofSeconds(20)));
        mayEnd.countDown();
        assertThat(closing.get()).isTrue();

        mq.consumer(group).on(topic, message -> handled.add(message.text())).start();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(handled).containsExactlyInAnyOrder("m0", "m1", "m2", "m3", "m4"));
    }

    @Test
    void interceptorsStandAroundSendsAndHandlers() {
        List<String> steps = new CopyOnWriteArrayList<>();
        mq.consumer(group)
                .on(
                        topic,
                        message -> steps.add("handled " + message.property("by").orElse("")))
                .intercept((who, messages, next) -> {
                    steps.add("before");
                    next.proceed();
                    steps.add("after");
                })
                .start();
        mq.producer()
                .intercept(new SendInterceptor() {
                    @Override
                    public Message beforeSend(Message message) {
                        return message.property("by", "me");
                    }
                })
                .open()
                .send(Message.to(topic).body("x"));
        await().untilAsserted(() -> assertThat(steps).containsExactly("before", "handled me", "after"));
    }

    @Test
    void theTraceContextTravelsOn() {
        String next = topic + "-next";
        List<String> parents = new CopyOnWriteArrayList<>();
        mq.consumer(group)
                .on(topic, message -> mq.send(Message.to(next).body("on")))
                .on(next, message -> parents.add(message.property("traceparent").orElse("none")))
                .start();
        String parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        mq.send(Message.to(topic).property("traceparent", parent).body("x"));
        await().untilAsserted(() -> assertThat(parents).containsExactly(parent));
    }

    @Test
    void topicsAreMadeListedAndDeleted() {
        mq.admin().putTopic(topic, 3);
        assertThat(mq.admin().topics()).contains(topic);
        assertThat(mq.admin().topic(topic).orElseThrow().partitions()).hasSize(3);
        mq.admin().putTopic(topic, 5);
        assertThat(mq.admin().topic(topic).orElseThrow().partitions()).hasSize(5);
        mq.send(Message.to(topic).body("x").delay(Duration.ofHours(1)));
        await().untilAsserted(() ->
                assertThat(mq.admin().topic(topic).orElseThrow().waiting()).isEqualTo(1));
        assertThat(mq.admin().deleteTopic(topic)).isTrue();
        assertThat(mq.admin().topic(topic)).isEmpty();
        assertThat(mq.admin().deleteTopic(topic)).isFalse();
    }

    @Test
    void aGroupIsSentBackInTime() {
        mq.send(Message.to(topic).body("old"));
        List<String> received = new CopyOnWriteArrayList<>();
        try (Subscription member = mq.consumer(group)
                .on(topic, message -> received.add(message.text()))
                .start()) {
            await().untilAsserted(() -> assertThat(received).containsExactly("old"));
            await().untilAsserted(() -> assertThat(member.lag()).isEqualTo(Lag.NONE));
        }
        assertThat(mq.admin().groups()).contains(group);
        mq.admin().reset(group, topic, Instant.EPOCH);
        mq.consumer(group).on(topic, message -> received.add(message.text())).start();
        await().untilAsserted(() -> assertThat(received).containsExactly("old", "old"));
    }
}
