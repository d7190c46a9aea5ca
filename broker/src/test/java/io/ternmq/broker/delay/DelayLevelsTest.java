package io.ternmq.broker.delay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DelayLevelsTest {
    private static final long SECOND_MS = 1_000;
    private static final long MINUTE_MS = 60 * SECOND_MS;
    private static final long HOUR_MS = 60 * MINUTE_MS;

    /** What RocketMQ's brokers do where nobody set them otherwise: 1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h. */
    private static final List<Long> CLASSIC_MS = List.of(
            SECOND_MS,
            5 * SECOND_MS,
            10 * SECOND_MS,
            30 * SECOND_MS,
            MINUTE_MS,
            2 * MINUTE_MS,
            3 * MINUTE_MS,
            4 * MINUTE_MS,
            5 * MINUTE_MS,
            6 * MINUTE_MS,
            7 * MINUTE_MS,
            8 * MINUTE_MS,
            9 * MINUTE_MS,
            10 * MINUTE_MS,
            20 * MINUTE_MS,
            30 * MINUTE_MS,
            HOUR_MS,
            2 * HOUR_MS);

    @Test
    void thereAreEighteenLevels() {
        assertThat(DelayLevels.LEVEL_MAX).isEqualTo(18);
        assertThat(DelayLevels.allMs()).isEqualTo(CLASSIC_MS);
        for (int level = 1; level <= 18; level++) {
            assertThat(DelayLevels.delayMs(level)).isEqualTo(CLASSIC_MS.get(level - 1));
            assertThat(DelayLevels.delay(level)).hasMillis(CLASSIC_MS.get(level - 1));
            assertThat(DelayLevels.levelOf(CLASSIC_MS.get(level - 1))).isEqualTo(level);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "18, 18", "19, 18", "2147483647, 18", "0, 0", "-1, 0", "2147483648, 0", "soon, 0", "' 4 ', 4"})
    void aLevelBeyondTheLastIsTheLastAndNonsenseIsNone(String property, int level) {
        assertThat(DelayRule.level(property)).isEqualTo(level);
    }

    @Test
    void noDelayIsNoLevel() {
        assertThat(DelayRule.level(null)).isZero();
        assertThat(DelayLevels.levelOf(1_001)).isZero();
    }
}
