package io.ternmq.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Lives of a log on a failing disk, each from one seed: {@code -Dternmq.seeds=2000} says how many, {@code
 * -Dternmq.seed=17} replays one.
 */
class FaultTest {
    @Test
    void whatWasForcedAndPublishedIsThereOnceAndOnlyASuffixIsLost() {
        Long only = Long.getLong("ternmq.seed");
        long count = Long.getLong("ternmq.seeds", 200);
        LongStream seeds = only == null ? LongStream.range(0, count) : LongStream.of(only);
        seeds.forEach(FaultTest::live);
    }

    private static void live(long seed) {
        try {
            new FaultyLife(seed).run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("replay with -Dternmq.seed=" + seed + ": " + e.getMessage(), e);
        }
    }

    @Test
    void aLifeIsTheSameEachTime() {
        assertThat(new FaultyLife(42).run()).isEqualTo(new FaultyLife(42).run());
    }
}
