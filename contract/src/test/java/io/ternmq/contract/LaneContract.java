package io.ternmq.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.Lease;
import io.ternmq.Message;
import io.ternmq.MessageHandler;
import io.ternmq.Reader;
import io.ternmq.ReceivedMessage;
import io.ternmq.Receiver;
import io.ternmq.Retry;
import io.ternmq.Subscription;
import io.ternmq.TernMQ;
import io.ternmq.TernMQBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What is promised of lanes, whatever is under the API: two versions of a consumer side by side in one group. */
abstract class LaneContract {
    private static final String PROBE = "is anybody there";

    @TempDir
    Path folder;

    private TernMQ mq;
    private String topic = "";
    private String group = "";

    /** Begins to open the queue that is tested. */
    abstract TernMQBuilder queue();

    @BeforeEach
    void open(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
        group = "g-" + topic;
        mq = queue().open();
    }

    @AfterEach
    void close() {
        mq.close();
    }

    /** What one version of a consumer was given. */
    private static final class Version {
        final List<String> received = new CopyOnWriteArrayList<>();
        final List<String> probes = new CopyOnWriteArrayList<>();

        MessageHandler then(MessageHandler handler) {
            return message -> {
                if (message.text().equals(PROBE)) {
                    probes.add(PROBE);
                } else {
                    received.add(message.text());
                    handler.handle(message);
                }
            };
        }

        MessageHandler noting() {
            return then(message -> {});
        }
    }

    private Subscription startBase(Version version) {
        return mq.consumer(group).on(topic, version.noting()).start();
    }

    private Subscription startBlue(Version version) {
        Subscription subscription =
                mq.consumer(group).lane("blue").on(topic, version.noting()).start();
        awaitThere(version);
        return subscription;
    }

    /** Until a message of the lane has come to it. */
    private void awaitThere(Version version) {
        await().until(() -> {
            mq.send(Message.to(topic).lane("blue").body(PROBE));
            return !version.probes.isEmpty();
        });
    }

    private void send(String lane, List<String> bodies) {
        for (String body : bodies) {
            Message message = Message.to(topic).body(body);
            mq.send(lane.isEmpty() ? message : message.lane(lane));
        }
    }

    private static List<String> named(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    @Test
    void twoVersionsSideBySideGetEachItsOwnMessages() {
        Version base = new Version();
        Version blue = new Version();
        startBase(base);
        startBlue(blue);

        for (int i = 0; i < 50; i++) {
            send("", List.of("base" + i));
            send("blue", List.of("blue" + i));
            send("green", List.of("green" + i));
        }

        List<String> ofBase = new ArrayList<>(named("base", 50));
        ofBase.addAll(named("green", 50));
        await().untilAsserted(() -> {
            assertThat(base.received).containsExactlyInAnyOrderElementsOf(ofBase);
            assertThat(blue.received).containsExactlyInAnyOrderElementsOf(named("blue", 50));
        });
    }

    @Test
    void aLaneThatClosesLeavesItsMessagesToTheBase() {
        Version base = new Version();
        Version blue = new Version();
        startBase(base);
        startBlue(blue).close();

        send("blue", named("m", 20));

        await().untilAsserted(() -> assertThat(base.received).containsExactlyInAnyOrderElementsOf(named("m", 20)));
        assertThat(blue.received).isEmpty();
    }

    @Test
    void whatAClosedLaneHeldComesToTheBaseWhenItsLeasesEnd() {
        Version base = new Version();
        send("blue", named("m", 3));
        Receiver receiver = mq.receiver(group, topic).lane("blue").open();
        List<Lease> held = receiver.receive(1, Duration.ofSeconds(10));
        startBase(base);
        receiver.close();

        await().untilAsserted(() -> assertThat(base.received).hasSize(2));
        assertThat(base.received).doesNotContain(held.get(0).message().text());
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(base.received).containsExactlyInAnyOrder("m0", "m1", "m2"));
    }

    @Test
    void whatFailsInALaneIsTriedAgainInIt() {
        Version base = new Version();
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        Version blue = new Version();
        startBase(base);
        mq.consumer(group)
                .lane("blue")
                .on(topic, blue.then(message -> {
                    attempts.add(message.attempt());
                    if (message.attempt() < 3) {
                        throw new IllegalStateException("not yet");
                    }
                }))
                .retry(Retry.every(Duration.ofMillis(50)))
                .start();
        awaitThere(blue);

        send("blue", List.of("m"));

        await().untilAsserted(() -> assertThat(attempts).containsExactly(1, 2, 3));
        assertThat(base.received).isEmpty();
    }

    @Test
    void aDelayedMessageComesToItsLane() {
        Version base = new Version();
        Version blue = new Version();
        startBase(base);
        startBlue(blue);

        mq.send(Message.to(topic).lane("blue").body("later").delay(Duration.ofMillis(1_200)));

        await().untilAsserted(() -> assertThat(blue.received).containsExactly("later"));
        assertThat(base.received).isEmpty();
    }

    @Test
    void theOrderOfAGroupHoldsAcrossLanes() {
        List<Integer> inOrder = new CopyOnWriteArrayList<>();
        Version base = new Version();
        Version blue = new Version();
        mq.consumer(group)
                .on(topic, base.then(message -> inOrder.add(Integer.parseInt(message.text()))))
                .ordered()
                .start();
        Subscription lane = mq.consumer(group)
                .lane("blue")
                .on(topic, blue.then(message -> inOrder.add(Integer.parseInt(message.text()))))
                .ordered()
                .start();
        awaitThere(blue);

        for (int i = 0; i < 40; i++) {
            Message message = Message.to(topic).orderingGroup("a").body(Integer.toString(i));
            mq.send(i % 3 == 0 ? message.lane("blue") : message);
            if (i == 30) {
                lane.close();
            }
        }

        List<Integer> all = IntStream.range(0, 40).boxed().toList();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(inOrder).containsExactlyElementsOf(all));
        assertThat(blue.received).isNotEmpty();
        assertThat(base.received).isNotEmpty();
    }

    @Test
    void whatIsSentWhileAMessageIsHandledTakesItsLaneAlong() {
        String next = topic + "-next";
        List<ReceivedMessage> sentOn = new CopyOnWriteArrayList<>();
        Version blue = new Version();
        mq.consumer(group).on(next, sentOn::add).start();
        mq.consumer(group + "-first")
                .on(topic, blue.then(message -> mq.send(Message.to(next).body(message.text()))))
                .start();

        send("blue", List.of("in the lane"));
        await().until(() -> sentOn.size() == 1);
        send("", List.of("in none"));
        await().until(() -> sentOn.size() == 2);

        assertThat(sentOn.get(0).lane()).contains("blue");
        assertThat(sentOn.get(1).lane()).isEmpty();
    }

    @Test
    void aDeadLetterKeepsItsLane() {
        send("blue", List.of("poison"));
        try (Receiver receiver = mq.receiver(group, topic).lane("blue").open()) {
            receiver.receive(1, Duration.ofSeconds(30)).get(0).deadLetter();
        }
        List<ReceivedMessage> dead = new ArrayList<>();
        await().ignoreExceptions().until(() -> {
            try (Reader reader = mq.reader(mq.admin().deadLetterTopic(group)).open()) {
                dead.addAll(reader.read(10, Duration.ofSeconds(1)));
            }
            return !dead.isEmpty();
        });
        assertThat(dead.get(0).lane()).contains("blue");
    }
}
