package io.ternmq.compatibility.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.AllocationStrategies;
import io.ternmq.Lag;
import io.ternmq.Message;
import io.ternmq.ReceivedMessage;
import io.ternmq.TernMQ;
import io.ternmq.TopicDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AdminTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void topicsAreMadeShownAndDeleted() {
        String topic = SERVER.name("made");
        try (TernMQ mq = SERVER.open()) {
            assertThat(mq.admin().topic(topic)).isEmpty();
            mq.admin().putTopic(topic, 3);
            mq.send(Message.to(topic).body("x"));
            await().atMost(PATIENCE).untilAsserted(() -> {
                TopicDescription found = mq.admin().topic(topic).orElseThrow();
                assertThat(found.partitions()).hasSize(3);
                assertThat(found.messages()).isEqualTo(1);
            });
            assertThat(mq.admin().topics()).contains(topic).noneMatch(name -> name.startsWith("%"));
            mq.admin().putTopic(topic, 5);
            assertThat(mq.admin().topic(topic).orElseThrow().partitions()).hasSize(5);
            assertThat(mq.admin().deleteTopic(topic)).isTrue();
            assertThat(mq.admin().deleteTopic(topic)).isFalse();
            assertThat(mq.admin().topic(topic)).isEmpty();
        }
    }

    @Test
    void theLagFallsAsMessagesAreDone() {
        String topic = SERVER.name("lag");
        String group = SERVER.name("lag");
        try (TernMQ mq = SERVER.open()) {
            mq.admin().putTopic(topic, 1);
            assertThat(mq.admin().lag(group, topic)).isEqualTo(Lag.NONE);
            try (TernMQ first =
                    SERVER.open()) { // a closed connection leaves no request behind that takes what comes later
                var received = new ConcurrentLinkedQueue<ReceivedMessage>();
                first.consumer(group).on(topic, received::add).start();
                mq.send(Message.to(topic).body("1"));
                await().atMost(PATIENCE).until(() -> mq.admin().groups().contains(group));
                await().atMost(PATIENCE).until(() -> received.size() == 1 && done(mq, group, topic));
            }
            mq.send(Message.to(topic).body("2"));
            mq.send(Message.to(topic).body("3"));
            await().atMost(PATIENCE).until(() -> mq.admin().lag(group, topic).messages() >= 2);
            assertThat(mq.admin().lag(group, topic).age()).isPositive();
            assertThat(mq.admin().deleteGroup(group)).isTrue();
            assertThat(mq.admin().deleteGroup(group)).isFalse();
        }
    }

    /** RocketMQ keeps how far a group has come only every now and then, when it consumes by lease. */
    private static boolean done(TernMQ mq, String group, String topic) {
        return TestServer.isForeign() || mq.admin().lag(group, topic).messages() == 0;
    }

    @Test
    void aGroupThatIsSetBackGetsItsMessagesAgain() {
        String topic = SERVER.name("reset");
        String group = SERVER.name("reset");
        var received = new ConcurrentLinkedQueue<ReceivedMessage>();
        try (TernMQ mq = SERVER.open()) {
            mq.admin().putTopic(topic, 1);
            Instant before = Instant.now().minusSeconds(60);
            mq.send(Message.to(topic).body("x"));
            mq.consumer(group).on(topic, received::add).start();
            await().atMost(PATIENCE)
                    .until(() ->
                            received.size() == 1 && mq.admin().lag(group, topic).messages() == 0);
            mq.admin().reset(group, topic, before);
            await().atMost(PATIENCE).until(() -> received.size() >= 2);
        }
    }

    @Test
    void membersThatShareThePartitionsGoOnWhereTheirGroupIsSetTo() {
        String topic = SERVER.name("reset");
        String group = SERVER.name("reset");
        var received = new ConcurrentLinkedQueue<String>();
        try (TernMQ mq = SERVER.open();
                TernMQ operator = SERVER.open()) {
            operator.admin().putTopic(topic, 2);
            Instant before = Instant.now().minusSeconds(60);
            mq.consumer(group)
                    .on(topic, message -> received.add(message.text()))
                    .allocate(AllocationStrategies.average())
                    .start();
            List<String> all = List.of("m0", "m1", "m2", "m3");
            all.forEach(body -> operator.send(Message.to(topic).body(body)));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(received).containsExactlyInAnyOrderElementsOf(all));
            await().atMost(PATIENCE)
                    .until(() -> operator.admin().lag(group, topic).messages() == 0);

            operator.admin().reset(group, topic, before);
            List<String> twice = new ArrayList<>(all);
            twice.addAll(all);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(received).containsExactlyInAnyOrderElementsOf(twice));
            await().atMost(PATIENCE)
                    .until(() -> operator.admin().lag(group, topic).messages() == 0);
        }
    }
}
