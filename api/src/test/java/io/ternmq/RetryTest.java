package io.ternmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryTest {

    @Test
    void classicDelaysAreThoseThatRocketMqUsersKnow() {
        Retry classic = Retry.classic();
        assertThat(classic.delayAfter(1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(classic.delayAfter(3)).isEqualTo(Duration.ofMinutes(1));
        assertThat(classic.delayAfter(16)).isEqualTo(Duration.ofHours(2));
        assertThat(classic.delayAfter(99)).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void exponentialDelaysDoubleUpToTheirMaximum() {
        Retry retry = Retry.exponential(Duration.ofSeconds(1), Duration.ofSeconds(5));
        assertThat(List.of(1, 2, 3, 4, 5))
                .extracting(retry::delayAfter)
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5));
        assertThatThrownBy(() -> Retry.exponential(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void endsAfterItsAttemptsOrAtAHopelessException() {
        Retry retry = Retry.every(Duration.ofSeconds(1)).attempts(3).deadLetterOn(IOException.class);
        assertThat(retry.endsAfter(2, new IllegalStateException())).isFalse();
        assertThat(retry.endsAfter(3, new IllegalStateException())).isTrue();
        assertThat(retry.endsAfter(1, new FileNotFoundException())).isTrue();
        assertThat(Retry.classic().endsAfter(1_000, new IllegalStateException()))
                .as("the group decides")
                .isFalse();
    }
}
