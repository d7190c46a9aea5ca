package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.access.Broker;
import io.ternmq.broker.access.CommittedReplies;
import io.ternmq.broker.member.Membership;
import io.ternmq.broker.member.QueueLocks;
import io.ternmq.broker.member.QueueLocks.Locked;
import io.ternmq.broker.member.QueueLocks.LockedQueue;
import io.ternmq.log.LogSettings;
import io.ternmq.log.storage.FaultyDisk;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Locks of queues, over the ends of servers. */
class QueueLockingTest {
    private static final LockedQueue FIRST = new LockedQueue("orders", 0);
    private static final LockedQueue SECOND = new LockedQueue("orders", 1);

    private final FaultyDisk disk = new FaultyDisk(7);
    private ShardFixture shard;
    private Broker broker;

    @BeforeEach
    void open() {
        shard = new ShardFixture(disk::root, LogSettings.defaults());
        shard.topic("orders", 2);
        openBroker();
    }

    private void openBroker() {
        broker = new Broker(shard.shard(), new Membership(shard.clock), new CommittedReplies(), shard.clock);
        shard.work();
    }

    @AfterEach
    void close() {
        broker.close();
        shard.close();
    }

    private void crash() {
        broker.close();
        disk.kill();
        shard.reopenAfterCrash();
        openBroker();
    }

    private List<LockedQueue> lock(String clientId, LockedQueue... queues) {
        return shard.<Locked>ask(outcome -> broker.locking().lock("billing", clientId, List.of(queues), outcome))
                .queues();
    }

    private int unlock(String clientId, LockedQueue... queues) {
        return shard.<Integer>ask(outcome -> broker.locking().unlock("billing", clientId, List.of(queues), outcome));
    }

    private int remembered() {
        return shard.shard().catalog().settings().size();
    }

    @Test
    void whoHadAQueueBeforeACrashHasItBehindIt() {
        assertThat(lock("a", FIRST)).containsExactly(FIRST);
        assertThat(lock("b", SECOND)).containsExactly(SECOND);

        crash();

        assertThat(lock("b", FIRST, SECOND)).containsExactly(SECOND);
        assertThat(lock("a", FIRST, SECOND)).containsExactly(FIRST);
    }

    @Test
    void whoDoesNotComeBackLosesItOnceItCannotTrustItsLockAnyMore() {
        lock("a", FIRST);
        crash();
        shard.advance(QueueLocks.EXPIRY_MS - 1);
        assertThat(lock("b", FIRST)).isEmpty();
        shard.advance(1);
        assertThat(lock("b", FIRST)).containsExactly(FIRST);

        crash();
        assertThat(lock("a", FIRST)).isEmpty();
    }

    @Test
    void aQueueThatWasGivenBackIsFreeBehindACrash() {
        lock("a", FIRST, SECOND);
        assertThat(unlock("b", FIRST)).isZero();
        assertThat(unlock("a", FIRST)).isEqualTo(1);
        crash();
        assertThat(lock("b", FIRST, SECOND)).containsExactly(FIRST);
    }

    @Test
    void theLogForgetsWhatNobodyRenews() {
        lock("a", FIRST, SECOND);
        assertThat(remembered()).isEqualTo(2);
        shard.advance(1_000);
        lock("a", SECOND);
        shard.advance(QueueLocks.EXPIRY_MS - 1_000);

        broker.removeSilent();
        shard.work();

        assertThat(remembered()).isEqualTo(1);
        crash();
        assertThat(lock("b", FIRST, SECOND)).containsExactly(FIRST);
    }

    @Test
    void renewingWritesNothing() {
        lock("a", FIRST);
        long written = shard.shard().figures().committedPosition();
        lock("a", FIRST);
        assertThat(shard.shard().figures().committedPosition()).isEqualTo(written);
    }
}
