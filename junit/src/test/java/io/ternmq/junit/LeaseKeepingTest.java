package io.ternmq.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.Lease;
import io.ternmq.Message;
import io.ternmq.Receiver;
import io.ternmq.Subscription;
import io.ternmq.TernMQ;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** How long a message is a consumer's, by a clock that the test turns. */
@WithTernMQ
class LeaseKeepingTest {

    @Test
    void aLeaseIsRenewedAsLongAsItsHandlerRuns(TernMQ mq, TestClock clock) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        Subscription member = mq.consumer("slow")
                .on("orders", message -> {
                    attempts.add(message.attempt());
                    begun.countDown();
                    mayEnd.await();
                })
                .invisible(Duration.ofMinutes(1))
                .start();
        mq.send(Message.to("orders").body("x"));
        begun.await();

        for (int i = 0; i < 60; i++) {
            clock.advance(Duration.ofSeconds(10));
        }
        assertThat(attempts).containsExactly(1);
        mayEnd.countDown();
        await().pollInSameThread().untilAsserted(() -> {
            clock.advance(Duration.ofSeconds(1)); // progress is noted once a second
            assertThat(member.lag().messages()).isZero();
        });
        assertThat(attempts).containsExactly(1);
    }

    @Test
    void aLeaseIsRenewedWhenTheClockIsTurnedFarAtOnce(TernMQ mq, TestClock clock) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        mq.consumer("slow")
                .on("orders", message -> {
                    attempts.add(message.attempt());
                    begun.countDown();
                    mayEnd.await();
                })
                .invisible(Duration.ofMinutes(1))
                .start();
        mq.send(Message.to("orders").body("x"));
        begun.await();

        clock.advance(Duration.ofHours(1));
        try (Receiver thief = mq.receiver("slow", "orders").open()) {
            assertThat(thief.receive(1, Duration.ofMinutes(1), Duration.ZERO)).isEmpty();
        }
        mayEnd.countDown();
        assertThat(attempts).containsExactly(1);
    }

    @Test
    void whatComesDueWhileTheClockIsTurnedIsKeptToo(TernMQ mq, TestClock clock) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        mq.consumer("slow")
                .on("orders", message -> {
                    attempts.add(message.attempt());
                    begun.countDown();
                    mayEnd.await();
                })
                .invisible(Duration.ofMinutes(1))
                .start();
        mq.send(Message.to("orders").body("x").delay(Duration.ofMinutes(10)));

        clock.advance(Duration.ofHours(1));
        begun.await();
        try (Receiver thief = mq.receiver("slow", "orders").open()) {
            assertThat(thief.receive(1, Duration.ofMinutes(1), Duration.ZERO)).isEmpty();
        }
        mayEnd.countDown();
        assertThat(attempts).containsExactly(1);
    }

    @Test
    void whatAReceiverForgetsComesAgainWhenItsTimeIsOver(TernMQ mq, TestClock clock) {
        mq.send(Message.to("orders").body("x"));
        try (Receiver receiver = mq.receiver("forgetful", "orders").open()) {
            assertThat(receiver.receive(1, Duration.ofMinutes(1))).hasSize(1);
            clock.advance(Duration.ofSeconds(59));
            assertThat(receiver.receive(1, Duration.ofMinutes(1), Duration.ZERO))
                    .isEmpty();
            clock.advance(Duration.ofSeconds(2));
            List<Lease> again = receiver.receive(1, Duration.ofMinutes(1));
            assertThat(again).hasSize(1);
            assertThat(again.get(0).message().attempt()).isEqualTo(2);
        }
    }
}
