package io.ternmq.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MedianTest {

    @Test
    void theMiddleOneCounts() {
        assertThat(Median.of(9, 1, 3)).isEqualTo(3);
        assertThat(Median.of(9, 1, 3, 4)).isEqualTo(3.5);
        assertThat(Median.of()).isNaN();
    }
}
