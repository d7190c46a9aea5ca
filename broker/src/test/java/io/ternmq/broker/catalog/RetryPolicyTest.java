package io.ternmq.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    @Test
    void theClassicDelaysEndAtTwoHours() {
        assertThat(delays(RetryPolicy.CLASSIC, 3)).containsExactly(10_000L, 30_000L, 60_000L);
        assertThat(RetryPolicy.CLASSIC.delayMs(15)).isEqualTo(7_200_000);
        assertThat(RetryPolicy.CLASSIC.delayMs(Integer.MAX_VALUE)).isEqualTo(7_200_000);
    }

    @Test
    void exponentialDelaysAreMultipliedUpToTheLongest() {
        assertThat(delays(new RetryPolicy.Exponential(5_000, 30_000, 2), 5))
                .containsExactly(5_000L, 10_000L, 20_000L, 30_000L, 30_000L);
        assertThat(delays(new RetryPolicy.Exponential(5_000, 30_000, 1), 3)).containsOnly(5_000L);
        assertThat(new RetryPolicy.Exponential(0, 30_000, 2).delayMs(Integer.MAX_VALUE))
                .isZero();
        assertThat(new RetryPolicy.Exponential(7_000_000, 7_200_000, 1_000).delayMs(Integer.MAX_VALUE))
                .isEqualTo(7_200_000);
        assertThat(new RetryPolicy.Exponential(60_000, 5_000, 2).delayMs(0)).isEqualTo(5_000);
    }

    @Test
    void customDelaysBeginWithTheThirdAsRocketMqCountsThem() {
        assertThat(delays(new RetryPolicy.Custom(List.of(1L, 2L, 3L, 4L)), 3)).containsExactly(3L, 4L, 4L);
        assertThat(delays(new RetryPolicy.Custom(List.of(7L)), 2)).containsExactly(7L, 7L);
        assertThat(new RetryPolicy.Custom(List.of(7L)).delayMs(Integer.MAX_VALUE))
                .isEqualTo(7);
    }

    @Test
    void delaysAndTheirCountAreBounded() {
        assertThatThrownBy(() -> new RetryPolicy.Exponential(-1, 5, 1)).hasMessageContaining("initial: -1");
        assertThatThrownBy(() -> new RetryPolicy.Exponential(1, RetryPolicy.DELAY_MS_MAX + 1, 1))
                .hasMessageContaining("max: 315619200001");
        assertThatThrownBy(() -> new RetryPolicy.Exponential(1, 5, 1_001)).hasMessageContaining("multiplier: 1001");
        assertThatThrownBy(() -> new RetryPolicy.Custom(List.of())).hasMessageContaining("next: 0 delays");
        assertThatThrownBy(() -> new RetryPolicy.Custom(Collections.nCopies(257, 1L)))
                .hasMessageContaining("next: 257 delays");
    }

    private static List<Long> delays(RetryPolicy policy, int count) {
        return IntStream.range(0, count).mapToObj(policy::delayMs).toList();
    }
}
