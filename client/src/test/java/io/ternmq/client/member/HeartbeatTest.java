package io.ternmq.client.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final TurnedTimer timer = new TurnedTimer();
    private final AtomicInteger beats = new AtomicInteger();
    private boolean wanted = true;

    @Test
    void beatsWhileThereIsAReasonAndAgainWhenThereIsOneAgain() {
        Heartbeat heartbeat = new Heartbeat(INTERVAL, timer, () -> wanted, beats::incrementAndGet);
        heartbeat.start();
        heartbeat.start();
        timer.turn(Duration.ofSeconds(60));
        assertThat(beats).hasValue(2);
        wanted = false;
        timer.turn(Duration.ofSeconds(60));
        assertThat(beats).hasValue(2);
        wanted = true;
        heartbeat.start();
        timer.turn(INTERVAL);
        assertThat(beats).hasValue(3);
    }

    @Test
    void oneExceptionDoesNotEndIt() {
        Heartbeat heartbeat = new Heartbeat(INTERVAL, timer, () -> true, () -> {
            if (beats.incrementAndGet() == 1) {
                throw new IllegalStateException("once");
            }
        });
        heartbeat.start();
        timer.turn(Duration.ofSeconds(90));
        assertThat(beats).hasValue(3);
    }

    @Test
    void whoComesInTheMomentInWhichItEndsIsHeardOf() {
        AtomicInteger looks = new AtomicInteger();
        Heartbeat heartbeat = new Heartbeat(INTERVAL, timer, () -> looks.getAndIncrement() > 0, beats::incrementAndGet);
        heartbeat.start();
        timer.turn(INTERVAL);
        timer.turn(INTERVAL);
        assertThat(beats).hasValue(1);
    }
}
