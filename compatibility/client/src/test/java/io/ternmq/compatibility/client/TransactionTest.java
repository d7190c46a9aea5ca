package io.ternmq.compatibility.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.Message;
import io.ternmq.TernMQ;
import io.ternmq.Transaction;
import io.ternmq.TransactionChecker;
import io.ternmq.TransactionChecker.Decision;
import java.time.Duration;
import java.util.Collections;
import java.util.Queue;
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

    @Test
    void whatAClosedClientLeftIsCommittedByTheNextOnesChecker() {
        var transactions = new Transactions();
        String committed = transactions.prepareAndClose();
        try (TernMQ mq = transactions.open(prepared -> Decision.COMMIT)) {
            transactions.consume(mq);
            await().atMost(PATIENCE).until(() -> transactions.received.contains(committed));
        }
        assertThat(transactions.asked).contains(committed);
    }

    @Test
    void aCheckerThatFailsIsAskedAgain() {
        var transactions = new Transactions();
        String committed = transactions.prepareAndClose();
        try (TernMQ mq = transactions.open(prepared -> {
            if (transactions.asked.size() == 1) {
                throw new IllegalStateException("the database is away");
            }
            return Decision.COMMIT;
        })) {
            transactions.consume(mq);
            await().atMost(PATIENCE).until(() -> transactions.received.contains(committed));
        }
        assertThat(transactions.asked).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void whatACheckerRollsBackIsNeverSeenAndNotAskedForAgain() {
        var transactions = new Transactions();
        String rolledBack = transactions.prepareAndClose();
        String committed = transactions.prepareAndClose();
        try (TernMQ mq = transactions.open(
                prepared -> prepared.text().equals(rolledBack) ? Decision.ROLLBACK : Decision.UNKNOWN)) {
            transactions.consume(mq);
            // the other one is asked for again and again: by its third time the first would have been, too
            await().atMost(PATIENCE).until(() -> Collections.frequency(transactions.asked, committed) >= 3);
        }
        assertThat(Collections.frequency(transactions.asked, rolledBack)).isOne();
        assertThat(transactions.received).isEmpty();
    }

    /** A topic, and the applications that prepare and decide its messages, one after the other. */
    private static final class Transactions {
        final String topic = SERVER.name("checked");
        final String group = SERVER.name("checkers");
        final Queue<String> asked = new ConcurrentLinkedQueue<>();
        final Queue<String> received = new ConcurrentLinkedQueue<>();

        TernMQ open(TransactionChecker checker) {
            TernMQ mq = TernMQ.at(SERVER.address())
                    .transactions(group, prepared -> {
                        asked.add(prepared.text());
                        return checker.check(prepared);
                    })
                    .open();
            mq.admin().putTopic(topic, 1);
            return mq;
        }

        /** An application that ends in the middle of its work. */
        String prepareAndClose() {
            String body = SERVER.name("undecided");
            TernMQ mq = TernMQ.at(SERVER.address())
                    .transactions(group, prepared -> Decision.UNKNOWN)
                    .open();
            mq.admin().putTopic(topic, 1);
            Transaction undecided = mq.prepare(Message.to(topic).body(body));
            assertThat(undecided.receipt().id()).isNotEmpty();
            mq.close();
            return body;
        }

        void consume(TernMQ mq) {
            mq.consumer(SERVER.name("seeing"))
                    .on(topic, message -> received.add(message.text()))
                    .start();
        }
    }
}
