package io.ternmq.broker.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.member.QueueLocks.LockedQueue;
import java.util.List;
import org.agrona.concurrent.CachedEpochClock;
import org.junit.jupiter.api.Test;

class QueueLocksTest {
    private static final LockedQueue FIRST = new LockedQueue("orders", 0);
    private static final LockedQueue SECOND = new LockedQueue("orders", 1);

    private final CachedEpochClock clock = new CachedEpochClock();
    private final QueueLocks locks = new QueueLocks(clock);

    @Test
    void aQueueIsOneMembersOfTheGroupAtATime() {
        assertThat(locks.lock("billing", "a", List.of(FIRST))).containsExactly(FIRST);
        assertThat(locks.lock("billing", "b", List.of(FIRST, SECOND))).containsExactly(SECOND);
        assertThat(locks.lock("audit", "b", List.of(FIRST))).containsExactly(FIRST);
    }

    @Test
    void aLockIsKeptByRenewingItAndLostByExpiry() {
        locks.lock("billing", "a", List.of(FIRST));
        clock.advance(QueueLocks.EXPIRY_MS - 1);
        assertThat(locks.lock("billing", "b", List.of(FIRST))).isEmpty();
        assertThat(locks.lock("billing", "a", List.of(FIRST))).containsExactly(FIRST);

        clock.advance(QueueLocks.EXPIRY_MS);
        assertThat(locks.lock("billing", "b", List.of(FIRST))).containsExactly(FIRST);
        assertThat(locks.lock("billing", "a", List.of(FIRST))).isEmpty();
    }

    @Test
    void aGroupConsumesInOrderWhileOneOfItsMembersHoldsAQueue() {
        locks.lock("billing", "a", List.of(FIRST));
        assertThat(locks.isHeldBy("billing")).isTrue();
        assertThat(locks.isHeldBy("audit")).isFalse();
        clock.advance(QueueLocks.EXPIRY_MS);
        assertThat(locks.isHeldBy("billing")).isFalse();
    }

    @Test
    void onlyItsHolderGivesALockBack() {
        locks.lock("billing", "a", List.of(FIRST));
        locks.unlock("billing", "b", List.of(FIRST));
        assertThat(locks.lock("billing", "b", List.of(FIRST))).isEmpty();

        locks.unlock("billing", "a", List.of(FIRST));
        assertThat(locks.lock("billing", "b", List.of(FIRST))).containsExactly(FIRST);
    }

    @Test
    void whatNobodyRenewsIsForgotten() {
        locks.lock("billing", "a", List.of(FIRST, SECOND));
        clock.advance(1_000);
        locks.lock("billing", "a", List.of(SECOND));
        clock.advance(QueueLocks.EXPIRY_MS - 1_000);
        assertThat(locks.removeExpired()).isEqualTo(1);
    }
}
