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
    private final Deadlines deadlines = new Deadlines();

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

    @Test
    void whatIsDueComesInTheOrderOfDeadlinesAndThenAsItWasScheduled() {
        for (long deadlineMs : new long[] {1_050, 1_100, 1_030, 1_050, 900}) {
            String name = due.size() + " at " + deadlineMs;
            deadlines.schedule(nowMs -> due.add(name), deadlineMs);
        }
        deadlines.schedule(nowMs -> due.add("last"), 1_050);
        pollAll(1_049);
        assertThat(due).containsExactly("0 at 900", "0 at 1030");
        pollAll(1_050);
        assertThat(due).containsExactly("0 at 900", "0 at 1030", "0 at 1050", "0 at 1050", "last");
        pollAll(1_100);
        assertThat(due).hasSize(6);
        assertThat(deadlines.isEmpty()).isTrue();
    }

    @Test
    void whatIsCancelledNeverComesDue() {
        long first = deadlines.schedule(nowMs -> due.add("first"), 1_000);
        deadlines.schedule(nowMs -> due.add("second"), 1_000);
        deadlines.cancel(first);
        deadlines.cancel(first);
        deadlines.cancel(Deadlines.NONE);
        pollAll(2_000);
        assertThat(due).containsExactly("second");
        deadlines.cancel(deadlines.schedule(nowMs -> due.add("third"), 1_000));
        assertThat(deadlines.isEmpty()).isTrue();
    }

    @Test
    void whatIsDueMayCancelWhatWouldBeNext() {
        long[] second = {Deadlines.NONE};
        deadlines.schedule(nowMs -> deadlines.cancel(second[0]), 1_000);
        second[0] = deadlines.schedule(nowMs -> due.add("second"), 1_000);
        pollAll(2_000);
        assertThat(due).isEmpty();
        assertThat(deadlines.isEmpty()).isTrue();
    }

    @Test
    void onePollDoesAThousandAtMost() {
        int[] count = {0};
        for (int i = 0; i < 2_500; i++) {
            deadlines.schedule(nowMs -> count[0]++, 1_000);
        }
        assertThat(deadlines.poll(999)).isZero();
        assertThat(deadlines.poll(1_000)).isEqualTo(1_000);
        assertThat(deadlines.poll(1_000)).isEqualTo(1_000);
        assertThat(deadlines.poll(1_000)).isEqualTo(500);
        assertThat(count[0]).isEqualTo(2_500);
        assertThat(deadlines.isEmpty()).isTrue();
    }

    @Test
    void aDeadlineMayBeAsFarAwayAsCanBeSaid() {
        long id = deadlines.schedule(nowMs -> due.add("never"), Long.MAX_VALUE);
        deadlines.schedule(nowMs -> due.add("long ago"), Long.MIN_VALUE);
        pollAll(TEN_YEARS_MS);
        assertThat(due).containsExactly("long ago");
        deadlines.cancel(id);
        assertThat(deadlines.isEmpty()).isTrue();
    }

    /** Until nothing more is due, as the shard does. */
    private void pollAll(long nowMs) {
        while (deadlines.poll(nowMs) > 0) {
            assertThat(due.size()).isLessThan(10);
        }
    }
}
