package io.ternmq.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.Lease;
import io.ternmq.Message;
import io.ternmq.Receiver;
import io.ternmq.TernMQ;
import io.ternmq.junit.TestClock;
import io.ternmq.junit.WithTernMQ;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A test with a queue of its own, whose clock it turns. */
@WithTernMQ
class ReminderTest {

    @Test
    void remindsAfterADay(TernMQ mq, TestClock clock) {
        mq.send(Message.to("reminders").body("pay").delay(Duration.ofDays(1)));
        clock.advance(Duration.ofDays(1));
        try (Receiver receiver = mq.receiver("mailer", "reminders").open()) {
            List<Lease> due = receiver.receive(1, Duration.ofMinutes(1));
            assertThat(due).hasSize(1);
            assertThat(due.get(0).message().text()).isEqualTo("pay");
        }
    }
}
