package io.ternmq.broker.delay;

import io.ternmq.broker.state.DelayCursors;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** How long each delay level waits: RocketMQ's classic table, on which its clients' retries rely. */
public final class DelayLevels {
    /** Levels are 1 to this; a larger one is taken as this. */
    public static final int LEVEL_MAX = DelayCursors.LEVEL_MAX;

    private static final long[] MILLIS = {
        0, 1_000, 5_000, 10_000, 30_000, 60_000, 120_000, 180_000, 240_000, 300_000, 360_000, 420_000, 480_000, 540_000,
        600_000, 1_200_000, 1_800_000, 3_600_000, 7_200_000
    };

    private DelayLevels() {}

    /** @param level 1 to {@link #LEVEL_MAX}; @return how long it waits, in milliseconds */
    public static long delayMs(int level) {
        return MILLIS[level];
    }

    /** @param level 1 to {@link #LEVEL_MAX}; @return how long it waits */
    public static Duration delay(int level) {
        return Duration.ofMillis(MILLIS[level]);
    }

    /** @return how long each level waits, from the first on, in milliseconds */
    public static List<Long> allMs() {
        return Arrays.stream(MILLIS).skip(1).boxed().toList();
    }

    /** @return the level that waits exactly so long; 0 when there is none */
    public static int levelOf(long delayMs) {
        return Math.max(0, Arrays.binarySearch(MILLIS, delayMs));
    }

    /** @param level what a client asked for, 1 or more; @return the level it gets */
    public static int clamp(int level) {
        return Math.min(level, LEVEL_MAX);
    }

    /** @return the queue of {@link io.ternmq.broker.catalog.Names#SCHEDULE_TOPIC} that holds a level's messages */
    public static int queueId(int level) {
        return level - 1;
    }
}
