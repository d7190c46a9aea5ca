package io.ternmq.client.lease;

import java.time.Duration;

/** The delays that RocketMQ has numbers for, from 1 on. */
final class DelayLevels {

    private static final long[] SECONDS = {
        1, 5, 10, 30, 60, 120, 180, 240, 300, 360, 420, 480, 540, 600, 1_200, 1_800, 3_600, 7_200
    };

    private DelayLevels() {}

    /** @return the number of the shortest delay that is not shorter than this, or of the longest; negative for a negative delay, which means never */
    static int of(Duration delay) {
        if (delay.isNegative()) {
            return -1;
        }
        int level = 1;
        while (level < SECONDS.length && delay.compareTo(Duration.ofSeconds(SECONDS[level - 1])) > 0) {
            level++;
        }
        return level;
    }
}
