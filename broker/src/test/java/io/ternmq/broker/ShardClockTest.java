package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.log.TurnedClock;
import org.junit.jupiter.api.Test;

class ShardClockTest {
    private static final long START_MS = 1_700_000_000_000L;
    private static final long HOUR_MS = 3_600_000;

    private final TurnedClock clock = new TurnedClock(START_MS);
    private final ShardClock time = new ShardClock(clock, clock, 0);

    @Test
    void itIsTheClocks() {
        assertThat(time.advance()).isEqualTo(START_MS);
        clock.advance(HOUR_MS);
        assertThat(time.timeMs()).isEqualTo(START_MS + HOUR_MS);
        clock.step(HOUR_MS);
        assertThat(time.advance()).isEqualTo(START_MS + 2 * HOUR_MS);
        assertThat(time.aheadMs()).isZero();
    }

    @Test
    void itGoesOnMoreSlowlyWhenTheClockIsSetBackUntilThatHasCaughtUp() {
        assertThat(time.advance()).isEqualTo(START_MS);
        clock.step(-HOUR_MS);
        assertThat(time.advance()).isEqualTo(START_MS);
        assertThat(time.aheadMs()).isEqualTo(HOUR_MS);

        clock.advance(HOUR_MS);
        assertThat(time.advance()).isEqualTo(START_MS + HOUR_MS - HOUR_MS / 8);
        assertThat(time.timeMs()).isEqualTo(START_MS + HOUR_MS - HOUR_MS / 8);
        assertThat(time.aheadMs()).isEqualTo(HOUR_MS - HOUR_MS / 8);

        clock.advance(7 * HOUR_MS);
        assertThat(time.advance()).isEqualTo(START_MS + 7 * HOUR_MS);
        assertThat(time.aheadMs()).isZero();
        clock.advance(1);
        assertThat(time.advance()).isEqualTo(START_MS + 7 * HOUR_MS + 1);
    }

    @Test
    void itLosesNothingBesidesHoweverOftenItIsLookedAt() {
        clock.step(-HOUR_MS);
        for (int i = 0; i < 8_000; i++) {
            clock.advance(1);
            long before = time.timeMs();
            assertThat(time.advance()).isEqualTo(before);
        }
        assertThat(time.timeMs()).isEqualTo(START_MS + 7_000);
    }

    @Test
    void aMomentOfTheClockIsReachedWhenItHasCome() {
        assertThat(time.timeAtMs(START_MS + 1)).isEqualTo(START_MS + 1);
        assertThat(time.timeAtMs(START_MS - 1)).isEqualTo(START_MS - 1);
        clock.step(-HOUR_MS);
        long soonMs = time.timeAtMs(START_MS - HOUR_MS / 2);
        long lateMs = time.timeAtMs(START_MS + 8 * HOUR_MS);

        clock.advance(HOUR_MS / 2 - 8);
        assertThat(time.advance()).isLessThan(soonMs);
        clock.advance(8);
        assertThat(time.advance()).isEqualTo(soonMs);

        clock.advance(8 * HOUR_MS + HOUR_MS / 2 - 1);
        assertThat(time.advance()).isLessThan(lateMs);
        clock.advance(1);
        assertThat(time.advance()).isEqualTo(lateMs).isEqualTo(START_MS + 8 * HOUR_MS);
    }

    @Test
    void itBeginsWhereTheLogEnds() {
        ShardClock restarted = new ShardClock(clock, clock, START_MS + HOUR_MS);
        assertThat(restarted.timeMs()).isEqualTo(START_MS + HOUR_MS);
        clock.advance(8_000);
        assertThat(restarted.advance()).isEqualTo(START_MS + HOUR_MS + 7_000);
    }
}
