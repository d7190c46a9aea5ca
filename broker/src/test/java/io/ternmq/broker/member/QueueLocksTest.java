package io.ternmq.broker.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.member.QueueLocks.GroupQueue;
import io.ternmq.broker.member.QueueLocks.Locked;
import io.ternmq.broker.member.QueueLocks.LockedQueue;
import io.ternmq.log.TurnedClock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueueLocksTest {
    private static final LockedQueue FIRST = new LockedQueue("orders", 0);
    private static final LockedQueue SECOND = new LockedQueue("orders", 1);

    private final TurnedClock clock = new TurnedClock(0);
    private final QueueLocks locks = new QueueLocks(clock, QueueLocks.EXPIRY_MS);

    private List<LockedQueue> lock(String group, String clientId, LockedQueue... queues) {
        return locks.lock(group, clientId, List.of(queues)).queues();
    }

    @Test
    void aQueueIsOneMembersOfTheGroupAtATime() {
        assertThat(lock("billing", "a", FIRST)).containsExactly(FIRST);
        assertThat(lock("billing", "b", FIRST, SECOND)).containsExactly(SECOND);
        assertThat(lock("audit", "b", FIRST)).containsExactly(FIRST);
    }

    @Test
    void aLockIsKeptByRenewingItAndLostByExpiry() {
        lock("billing", "a", FIRST);
        clock.advance(QueueLocks.EXPIRY_MS - 1);
        assertThat(lock("billing", "b", FIRST)).isEmpty();
        assertThat(lock("billing", "a", FIRST)).containsExactly(FIRST);

        clock.advance(QueueLocks.EXPIRY_MS);
        assertThat(lock("billing", "b", FIRST)).containsExactly(FIRST);
        assertThat(lock("billing", "a", FIRST)).isEmpty();
    }

    @Test
    void aLockLastsAsLongAsTimePassesWhateverTheClockIsSetTo() {
        lock("billing", "a", FIRST);
        clock.step(QueueLocks.EXPIRY_MS);
        assertThat(lock("billing", "b", FIRST)).isEmpty();
        clock.step(-3_600_000);
        clock.advance(QueueLocks.EXPIRY_MS);
        assertThat(lock("billing", "b", FIRST)).containsExactly(FIRST);
    }

    @Test
    void aGroupConsumesInOrderWhileOneOfItsMembersHoldsAQueue() {
        lock("billing", "a", FIRST);
        assertThat(locks.isHeldBy("billing")).isTrue();
        assertThat(locks.isHeldBy("audit")).isFalse();
        clock.advance(QueueLocks.EXPIRY_MS);
        assertThat(locks.isHeldBy("billing")).isFalse();
    }

    @Test
    void onlyItsHolderGivesALockBack() {
        lock("billing", "a", FIRST);
        assertThat(locks.unlock("billing", "b", List.of(FIRST))).isEmpty();
        assertThat(lock("billing", "b", FIRST)).isEmpty();

        assertThat(locks.unlock("billing", "a", List.of(FIRST, SECOND))).containsExactly(FIRST);
        assertThat(lock("billing", "b", FIRST)).containsExactly(FIRST);
    }

    @Test
    void whatNobodyRenewsIsForgotten() {
        lock("billing", "a", FIRST, SECOND);
        clock.advance(1_000);
        lock("billing", "a", SECOND);
        assertThat(locks.hasExpired()).isFalse();
        clock.advance(QueueLocks.EXPIRY_MS - 1_000);

        assertThat(locks.hasExpired()).isTrue();
        assertThat(locks.removeExpired()).containsExactly(new GroupQueue("billing", FIRST));
        assertThat(locks.count()).isEqualTo(1);
    }

    @Test
    void whatWasSomebodysBeforeARestartIsHisAsIfRenewed() {
        locks.restore(new GroupQueue("billing", FIRST), "a");
        clock.advance(QueueLocks.EXPIRY_MS - 1);
        assertThat(lock("billing", "b", FIRST)).isEmpty();
        clock.advance(1);
        assertThat(lock("billing", "b", FIRST)).containsExactly(FIRST);
    }

    @Test
    void whoHasAQueueDoesNotTakeItAnew() {
        assertThat(locks.lock("billing", "a", List.of(FIRST)).taken()).containsExactly(FIRST);
        assertThat(locks.lock("billing", "a", List.of(FIRST, SECOND)).taken()).containsExactly(SECOND);
    }

    @Test
    void thereIsABoundOfAllLocksAndOfThoseTakenAtOnce() {
        List<LockedQueue> many = IntStream.range(0, QueueLocks.COUNT_MAX)
                .mapToObj(queueId -> new LockedQueue("orders", queueId))
                .toList();
        Locked locked = locks.lock("billing", "a", many);
        assertThat(locked.taken()).hasSize(QueueLocks.CHANGES_MAX);
        while (!locked.taken().isEmpty()) {
            assertThat(locked.full()).isFalse();
            locked = locks.lock("billing", "a", many);
        }
        assertThat(locked.queues()).hasSize(QueueLocks.COUNT_MAX);

        Locked refused = locks.lock("audit", "b", List.of(FIRST));
        assertThat(refused.full()).isTrue();
        assertThat(refused.queues()).isEmpty();
        assertThat(locks.count()).isEqualTo(QueueLocks.COUNT_MAX);

        clock.advance(QueueLocks.EXPIRY_MS);
        for (int left = QueueLocks.COUNT_MAX; left > 0; left -= QueueLocks.CHANGES_MAX) {
            assertThat(locks.removeExpired()).hasSize(QueueLocks.CHANGES_MAX);
        }
        assertThat(locks.count()).isZero();
        assertThat(lock("audit", "b", FIRST)).containsExactly(FIRST);
    }
}
