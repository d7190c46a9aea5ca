package io.ternmq.compatibility.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.Message;
import io.ternmq.RecallResult;
import io.ternmq.ReceivedMessage;
import io.ternmq.SendReceipt;
import io.ternmq.TernMQ;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DelayTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aDelayedMessageComesWhenItsTimeHasCome() {
        String topic = SERVER.name("delayed");
        var received = new ConcurrentLinkedQueue<ReceivedMessage>();
        try (TernMQ mq = SERVER.open()) {
            mq.admin().putTopic(topic, 2);
            mq.consumer(SERVER.name("delayed")).on(topic, received::add).start();
            mq.send(Message.to(topic).delay(Duration.ofSeconds(2)).body("later"));
            mq.send(Message.to(topic).body("now"));
            await().atMost(PATIENCE).until(() -> received.size() == 2);
            assertThat(received.stream().map(ReceivedMessage::text)).containsExactly("now", "later");
        }
    }

    @Test
    void whatWaitsCanBeTakenBack() {
        String topic = SERVER.name("recalled");
        try (TernMQ mq = SERVER.open()) {
            mq.admin().putTopic(topic, 1);
            SendReceipt receipt =
                    mq.send(Message.to(topic).delay(Duration.ofMinutes(5)).body("never"));
            assertThat(receipt.recallHandle()).isPresent();
            assertThat(mq.recall(receipt)).isEqualTo(RecallResult.CANCELLED);
        }
    }

    @Test
    void whatHasComeCannotBeTakenBack() {
        String topic = SERVER.name("delivered");
        var received = new ConcurrentLinkedQueue<ReceivedMessage>();
        try (TernMQ mq = SERVER.open()) {
            mq.admin().putTopic(topic, 1);
            SendReceipt receipt =
                    mq.send(Message.to(topic).delay(Duration.ofSeconds(1)).body("soon"));
            mq.consumer(SERVER.name("delivered")).on(topic, received::add).start();
            await().atMost(PATIENCE).until(() -> !received.isEmpty());
            assertThat(mq.recall(receipt)).isEqualTo(RecallResult.DELIVERED);
        }
    }
}
