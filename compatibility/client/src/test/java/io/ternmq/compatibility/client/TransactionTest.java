package io.ternmq.compatibility.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.Message;
import io.ternmq.TernMQ;
import io.ternmq.Transaction;
import io.ternmq.TransactionChecker.Decision;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TransactionTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void onlyWhatIsCommittedIsSeen() {
        String topic = SERVER.name("transactions");
        var received = new ConcurrentLinkedQueue<String>();
        try (TernMQ mq = TernMQ.at(SERVER.address())
                .transactions(SERVER.name("producers"), prepared -> Decision.UNKNOWN)
                .open()) {
            mq.admin().putTopic(topic, 1);
            mq.consumer(SERVER.name("seeing"))
                    .on(topic, m -> received.add(m.text()))
                    .start();
            try (Transaction forgotten = mq.prepare(Message.to(topic).body("rolled back"))) {
                assertThat(forgotten.receipt().id()).isNotEmpty();
            }
            try (Transaction kept = mq.prepare(Message.to(topic).body("committed"))) {
                kept.commit();
            }
            mq.send(Message.to(topic).body("last"));
            await().atMost(PATIENCE).until(() -> received.contains("last") && received.contains("committed"));
            assertThat(received).doesNotContain("rolled back");
        }
    }
}
