package io.ternmq.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
        Set<String> met = new HashSet<>();
        seeds.forEach(seed -> live(seed).forEach(report -> met.add(report.replaceAll(" .*", ""))));
        if (only == null && count >= 100) {
            assertThat(met).contains("flipped", "unreadable", "damaged", "deleted", "failed", "full");
        }
    }

    private static List<String> live(long seed) {
        try {
            return new FaultyLife(seed).run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("replay with -Dternmq.seed=" + seed + ": " + e.getMessage(), e);
        }
    }

    @Test
    void aLifeIsTheSameEachTime() {
        assertThat(new FaultyLife(42).run()).isEqualTo(new FaultyLife(42).run());
    }
}
