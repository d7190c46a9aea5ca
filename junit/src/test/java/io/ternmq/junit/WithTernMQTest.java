package io.ternmq.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ternmq.ClosedException;
import io.ternmq.Message;
import io.ternmq.ReceivedMessage;
import io.ternmq.Receiver;
import io.ternmq.Retry;
import io.ternmq.TernMQ;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithTernMQ
class WithTernMQTest {

    private static final List<TernMQ> EARLIER = new CopyOnWriteArrayList<>();

    @BeforeEach
    void queuesOfEarlierTestsAreClosed(TernMQ mq) {
        assertThat(EARLIER)
                .allSatisfy(earlier -> assertThatThrownBy(
                                () -> earlier.send(Message.to("orders").body("x")))
                        .isInstanceOf(ClosedException.class));
        EARLIER.add(mq);
    }

    @Test
    void aDelayOfTenYearsTakesNoTime(TernMQ mq, TestClock clock) {
        List<String> reminded = new CopyOnWriteArrayList<>();
        mq.consumer("reminder")
                .on("reminders", message -> reminded.add(message.text()))
                .start();
        mq.send(Message.to("reminders").body("early").delay(Duration.ofSeconds(1)));
        mq.send(Message.to("reminders").body("late").delay(Duration.ofDays(3_650)));

        clock.advance(Duration.ofDays(3_649));
        await().untilAsserted(() -> assertThat(reminded).containsExactly("early"));
        clock.advance(Duration.ofDays(1));
        await().untilAsserted(() -> assertThat(reminded).containsExactly("early", "late"));
    }

    @Test
    void aRetryComesWhenItsBackOffIsOver(TernMQ mq, TestClock clock) {
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        mq.consumer("flaky")
                .on("orders", message -> {
                    attempts.add(message.attempt());
                    throw new IllegalStateException("not today");
                })
                .retry(Retry.every(Duration.ofHours(1)))
                .start();
        mq.send(Message.to("orders").body("x"));
        await().untilAsserted(() -> assertThat(attempts).containsExactly(1));

        Instant before = clock.now();
        await().pollInSameThread().untilAsserted(() -> {
            clock.advance(Duration.ofHours(1));
            assertThat(attempts).startsWith(1, 2, 3);
        });
        assertThat(clock.now()).isAfterOrEqualTo(before.plus(Duration.ofHours(2)));
    }

    @Test
    void eachTestHasAQueueOfItsOwn(TernMQ mq) {
        assertThat(mq.admin().topics()).isEmpty();
        try (Receiver receiver = mq.receiver("g", "orders").open()) {
            mq.send(Message.to("orders").body("x"));
            assertThat(receiver.receive(1, Duration.ofMinutes(1)))
                    .extracting(lease -> lease.message())
                    .extracting(ReceivedMessage::text)
                    .containsExactly("x");
        }
    }
}
