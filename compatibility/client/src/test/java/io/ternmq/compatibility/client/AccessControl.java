package io.ternmq.compatibility.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ternmq.Credentials;
import io.ternmq.Message;
import io.ternmq.TernMQ;
import io.ternmq.TernMQException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/**
 * Our client's signatures, judged by a RocketMQ with access control. Not a part of the build, as our own server has none yet: {@code
 * compatibility/against-rocketmq} starts a broker and runs it.
 */
class AccessControl {

    private static final TestServer SERVER = new TestServer();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String USER = System.getProperty("ternmq.test.user", "");
    private static final String PASSWORD = System.getProperty("ternmq.test.password", "");

    private static TernMQ open(String user, String password) {
        return TernMQ.at(SERVER.address())
                .credentials(new Credentials(user, password))
                .open();
    }

    @Test
    void whoSignsWithTheRightKeySendsAndConsumes() {
        String topic = SERVER.name("secured");
        Queue<String> received = new ConcurrentLinkedQueue<>();
        try (TernMQ mq = open(USER, PASSWORD)) {
            mq.admin().putTopic(topic, 2);
            mq.consumer(SERVER.name("secured"))
                    .on(topic, message -> received.add(message.text()))
                    .start();
            mq.send(Message.to(topic).key("42").tag("paid").body("one"));
            mq.send(List.of(Message.to(topic).body("two"), Message.to(topic).body("three")));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(received).containsExactlyInAnyOrder("one", "two", "three"));
        }
    }

    @Test
    void whoDoesNotIsRefused() {
        String topic = SERVER.name("refused");
        try (TernMQ mq = open(USER, PASSWORD)) {
            mq.admin().putTopic(topic, 1);
        }
        try (TernMQ wrong = open(USER, "not " + PASSWORD)) {
            assertThatThrownBy(() -> wrong.send(Message.to(topic).body("x"))).isInstanceOf(TernMQException.class);
        }
        try (TernMQ nobody = SERVER.open()) {
            assertThatThrownBy(() -> nobody.send(Message.to(topic).body("x"))).isInstanceOf(TernMQException.class);
        }
    }
}
