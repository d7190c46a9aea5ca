package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private static final long LONG_NS = Duration.ofMinutes(1).toNanos();

    private final Mailbox mailbox = new Mailbox(16, 1_024);

    @Test
    void nobodyFallsAsleepAfterItWasClosed() {
        mailbox.close();
        assertThat(CompletableFuture.runAsync(() -> mailbox.sleep(LONG_NS))).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void closingEndsTheSleep() {
        CompletableFuture<Void> sleeping = CompletableFuture.runAsync(() -> mailbox.sleep(LONG_NS));
        mailbox.close();
        assertThat(sleeping).succeedsWithin(Duration.ofSeconds(10));
    }
}
