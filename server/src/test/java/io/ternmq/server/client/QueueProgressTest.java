package io.ternmq.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.Filter;
import io.ternmq.Partition;
import org.junit.jupiter.api.Test;

class QueueProgressTest {

    private static final Partition QUEUE = new Partition("T", "b", 0);

    private final QueueProgress progress = new QueueProgress(QUEUE, Filter.all(), 5, 5);

    @Test
    void pullsAgainOnlyWhenEverythingHereIsTaken() {
        Object ticket = progress.beginPull();
        assertThat(progress.mayPull(0)).isFalse();
        assertThat(progress.endPull(ticket)).isTrue();
        progress.pulledTo(7, 2);
        assertThat(progress.mayPull(0)).isFalse();
        progress.taken();
        progress.taken();
        assertThat(progress.mayPull(0)).isTrue();
        assertThat(progress.pullOffset()).isEqualTo(7);
    }

    @Test
    void commitsWhatIsConsumedAndNotWhatIsMerelyHere() {
        assertThat(progress.offsetToCommit()).isEqualTo(-1);
        progress.pulledTo(7, 2);
        assertThat(progress.offsetToCommit()).isEqualTo(-1);
        progress.consumedTo(6);
        assertThat(progress.offsetToCommit()).isEqualTo(6);
        progress.committed(6);
        assertThat(progress.offsetToCommit()).isEqualTo(-1);
    }

    @Test
    void passesOverMessagesThatNobodyWants() {
        progress.pulledTo(9, 0);
        assertThat(progress.offsetToCommit()).isEqualTo(9);
    }

    @Test
    void dropsAnAnswerFromWhereItNoLongerIs() {
        Object ticket = progress.beginPull();
        progress.moveTo(2);
        assertThat(progress.endPull(ticket)).isFalse();
        assertThat(progress.pullOffset()).isEqualTo(2);
        assertThat(progress.offsetToCommit()).isEqualTo(2);
    }

    @Test
    void pausesAfterAFailure() {
        progress.pullAgainAt(1_000);
        assertThat(progress.mayPull(999)).isFalse();
        assertThat(progress.mayPull(1_000)).isTrue();
    }
}
