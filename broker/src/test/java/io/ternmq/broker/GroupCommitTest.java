package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How long a batch waits for those who were answered a moment ago. */
class GroupCommitTest {
    private static final long FORCE_NANOS = 1_000;

    private long nanos;
    private final GroupCommit groupCommit = new GroupCommit(() -> nanos);

    private void forced(int writers) {
        groupCommit.begin();
        nanos += FORCE_NANOS;
        groupCommit.end();
        groupCommit.answered(writers);
    }

    @Test
    void aLoneWriterNeverWaits() {
        assertThat(groupCommit.isWorthWaiting(1)).isFalse();
        forced(1);
        assertThat(groupCommit.isWorthWaiting(1)).isFalse();
    }

    @Test
    void waitsUntilAllAreTogetherAgain() {
        forced(3);
        assertThat(groupCommit.isWorthWaiting(1)).isTrue();
        assertThat(groupCommit.isWorthWaiting(2)).isTrue();
        assertThat(groupCommit.isWorthWaiting(3)).isFalse();
    }

    @Test
    void doesNotWaitForTheFirst() {
        forced(3);
        assertThat(groupCommit.isWorthWaiting(0)).isFalse();
    }

    @Test
    void givesUpWhenTheNextDoesNotComeSoon() {
        forced(3);
        nanos += FORCE_NANOS / 5;
        assertThat(groupCommit.isWorthWaiting(1)).as("the first just came").isTrue();
        nanos += FORCE_NANOS / 5;
        assertThat(groupCommit.isWorthWaiting(1)).isTrue();
        nanos += FORCE_NANOS / 5;
        assertThat(groupCommit.isWorthWaiting(1)).isFalse();
    }

    @Test
    void neverWaitsLongerThanAForceTakes() {
        forced(100);
        for (int writers = 1; writers < 10; writers++) {
            nanos += FORCE_NANOS / 10;
            assertThat(groupCommit.isWorthWaiting(writers)).isTrue();
        }
        nanos += FORCE_NANOS / 10;
        assertThat(groupCommit.isWorthWaiting(10)).isFalse();
    }
}
