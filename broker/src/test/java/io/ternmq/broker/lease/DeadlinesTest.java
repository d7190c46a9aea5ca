package io.ternmq.broker.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private static final long TEN_YEARS_MS = Duration.ofDays(3_653).toMillis();

    private final List<String> due = new ArrayList<>();
    private final Deadlines deadlines = new Deadlines(1_000);

    @Test
    void aClockThatJumpsTenYearsLosesNothingAndIsNotWalkedAfter() {
        deadlines.schedule(nowMs -> due.add("soon"), 2_000);
        deadlines.schedule(nowMs -> due.add("in a week"), Duration.ofDays(7).toMillis());
        deadlines.schedule(nowMs -> due.add("behind the jump"), TEN_YEARS_MS + 5_000);
        deadlines.schedule(nowMs -> due.add("a turn behind the jump"), TEN_YEARS_MS + 90_000);

        assertTimeout(Duration.ofSeconds(5), () -> pollAll(TEN_YEARS_MS));
        assertThat(due).containsExactlyInAnyOrder("soon", "in a week");

        pollAll(TEN_YEARS_MS + 4_000);
        assertThat(due).hasSize(2);
        pollAll(TEN_YEARS_MS + 5_000 + 2 * Deadlines.TICK_MS);
        assertThat(due).contains("behind the jump").hasSize(3);
        pollAll(TEN_YEARS_MS + 89_000);
        assertThat(due).hasSize(3);
        pollAll(TEN_YEARS_MS + 90_000 + 2 * Deadlines.TICK_MS);
        assertThat(due).contains("a turn behind the jump");
    }

    @Test
    void whatComesDueBehindSomethingThatWasDueIsNotLeftForTheNextTurn() {
        deadlines.schedule(nowMs -> deadlines.schedule(later -> due.add("second"), 1_200), 2_000);

        pollAll(TEN_YEARS_MS);

        assertThat(due).containsExactly("second");
    }

    /** Until nothing more is due, as the shard does. */
    private void pollAll(long nowMs) {
        while (deadlines.poll(nowMs) > 0) {
            assertThat(due.size()).isLessThan(10);
        }
    }
}
