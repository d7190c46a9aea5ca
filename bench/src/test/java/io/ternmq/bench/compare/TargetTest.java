package io.ternmq.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TargetTest {
    private static final double NO_CEILING = Double.NaN;

    @Test
    void reachesAThroughputByItsRatio() {
        Target target = new Target(Target.Kind.RATIO_AT_LEAST, 1.8);
        assertThat(target.isMet(180, 100, NO_CEILING)).isTrue();
        assertThat(target.isMet(179, 100, NO_CEILING)).isFalse();
    }

    @Test
    void reachesAThroughputWhereTheClientCanDoNoMore() {
        Target target = new Target(Target.Kind.RATIO_AT_LEAST, 1.8);
        assertThat(target.isMet(85, 100, 100)).isTrue();
        assertThat(target.isMet(84, 100, 100)).isFalse();
    }

    @Test
    void reachesACostByItsRatioOrByItself() {
        assertThat(new Target(Target.Kind.RATIO_AT_MOST, 0.25).isMet(25, 100, NO_CEILING))
                .isTrue();
        assertThat(new Target(Target.Kind.RATIO_AT_MOST, 0.25).isMet(26, 100, NO_CEILING))
                .isFalse();
        assertThat(new Target(Target.Kind.FIGURE_AT_MOST, 30).isMet(30, Double.NaN, NO_CEILING))
                .isTrue();
        assertThat(new Target(Target.Kind.FIGURE_AT_MOST, 30).isMet(31, 1_000, NO_CEILING))
                .isFalse();
    }

    @Test
    void readsAsInTheTable() {
        assertThat(new Target(Target.Kind.RATIO_AT_LEAST, 2)).hasToString("≥ 2 ×");
        assertThat(new Target(Target.Kind.FIGURE_AT_MOST, 0.5)).hasToString("≤ 0.5");
    }
}
