package io.ternmq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.Message;
import io.ternmq.TernMQ;
import io.ternmq.Transaction;
import io.ternmq.TransactionChecker;
import io.ternmq.TransactionChecker.Decision;
import io.ternmq.spi.Address;
import io.ternmq.spi.OpenOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of messages that an application prepared and did not decide before it ended: the next one is asked. */
class CheckBackTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(7);
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(31);

    private final StandingTime time = new StandingTime();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    private TernMQ open(String group, TransactionChecker checker) {
        OpenOptions options = new OpenOptions(
                "",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(new OpenOptions.TransactionParticipant(group, noting(checker))),
                Map.of("partitions", "1"));
        return EmbeddedProvider.open(Address.parse("file:" + folder.resolve("data")), options, time);
    }

    private TransactionChecker noting(TransactionChecker checker) {
        return prepared -> {
            asked.add(prepared.key().orElse("") + ' ' + prepared.text());
            return checker.check(prepared);
        };
    }

    /** An application that ends in the middle of its work. */
    private void prepareAndEnd() {
        TernMQ mq = open("shop", prepared -> Decision.UNKNOWN);
        Transaction undecided =
                mq.prepare(Message.to("receipts").key("42").tag("paid").body("two books"));
        assertThat(undecided.receipt().id()).isNotEmpty();
        mq.close();
    }

    private void consume(TernMQ mq) {
        mq.consumer("billing")
                .on("receipts", message -> received.add(message.tag().orElse("") + ' ' + message.text()))
                .start();
    }

    /** Whoever consumes has seen all that was to be seen when it sees this. */
    private void sendLast(TernMQ mq) {
        mq.send(Message.to("receipts").tag("last").body("one"));
        await().until(() -> received.contains("last one"));
    }

    @Test
    void theNextApplicationsCheckerCommits() {
        prepareAndEnd();
        try (TernMQ mq = open("shop", prepared -> Decision.COMMIT)) {
            consume(mq);
            time.turn(TIMEOUT);
            await().untilAsserted(() -> assertThat(received).containsExactly("paid two books"));
            time.turn(CHECK_INTERVAL);
            sendLast(mq);
        }
        assertThat(asked).containsExactly("42 two books");
        assertThat(received).containsExactly("paid two books", "last one");
    }

    @Test
    void theNextApplicationsCheckerRollsBack() {
        prepareAndEnd();
        try (TernMQ mq = open("shop", prepared -> Decision.ROLLBACK)) {
            consume(mq);
            time.turn(TIMEOUT);
            await().until(() -> asked.size() == 1);
            sendLast(mq);
            time.turn(CHECK_INTERVAL);
            sendLast(mq);
        }
        assertThat(asked).hasSize(1);
        assertThat(received).doesNotContain("paid two books");
    }

    @Test
    void aCheckerThatFailsOrDoesNotKnowIsAskedAgain() {
        prepareAndEnd();
        TransactionChecker checker = prepared -> switch (asked.size()) {
            case 1 -> throw new IllegalStateException("the database is away");
            case 2 -> Decision.UNKNOWN;
            default -> Decision.COMMIT;
        };
        try (TernMQ mq = open("shop", checker)) {
            consume(mq);
            time.turn(TIMEOUT);
            await().until(() -> asked.size() == 1);
            time.turn(CHECK_INTERVAL);
            await().until(() -> asked.size() == 2);
            assertThat(received).isEmpty();
            time.turn(CHECK_INTERVAL);
            await().untilAsserted(() -> assertThat(received).containsExactly("paid two books"));
        }
    }

    @Test
    void anotherGroupsApplicationIsNotAsked() {
        prepareAndEnd();
        try (TernMQ other = open("bakery", prepared -> Decision.ROLLBACK)) {
            time.turn(TIMEOUT);
            other.send(Message.to("receipts").body("x"));
        }
        assertThat(asked).isEmpty();
        try (TernMQ mq = open("shop", prepared -> Decision.COMMIT)) {
            consume(mq);
            time.turn(CHECK_INTERVAL);
            await().until(() -> received.contains("paid two books"));
        }
    }
}
