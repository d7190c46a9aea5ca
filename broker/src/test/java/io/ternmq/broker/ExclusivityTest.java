package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.Consuming.Held;
import io.ternmq.broker.access.Broker;
import io.ternmq.broker.access.CommittedReplies;
import io.ternmq.broker.access.QueueTurns;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.claim.DoneOffsets;
import io.ternmq.broker.claim.QueueClaim;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.lease.QueueRef;
import io.ternmq.broker.member.ConsumerJoin;
import io.ternmq.broker.member.ConsumerKind;
import io.ternmq.broker.member.Member;
import io.ternmq.broker.member.Membership;
import io.ternmq.broker.member.StandInConnection;
import io.ternmq.broker.record.CommittedOffset;
import io.ternmq.log.LogSettings;
import io.ternmq.log.storage.FaultyDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A queue is read by offset or taken from by lease for a group, not both; it goes from one side to the other. */
class ExclusivityTest {
    private static final long LOCK_MS = 15_000;
    private static final int ALL = 32;

    private final FaultyDisk disk = new FaultyDisk(1);
    private final ShardFixture shard =
            new ShardFixture(disk::root, LogSettings.defaults().withSizes(262_144, 16_384, 4_096));
    private final List<Reader> readers = new ArrayList<>();
    private final Consuming leases;
    private Membership membership = new Membership(shard.clock);
    private Broker broker;

    ExclusivityTest() {
        shard.topic("orders", 2);
        leases = Consuming.of(shard, GroupConfig.of("billing"), "orders");
        broker = new Broker(shard.shard(), membership, new CommittedReplies(), shard.clock);
    }

    @AfterEach
    void close() {
        broker.close();
        shard.close();
    }

    /** A client that pulls. */
    private final class Reader extends StandInConnection {
        private long offset;

        Reader() {
            readers.add(this);
        }

        Reader join(ConsumerKind kind) {
            Member member = new Member("client-" + readers.indexOf(this), "JAVA", 1, this);
            membership.joinConsumers(member, new ConsumerJoin("billing", kind, List.of(), false, 0, true));
            return this;
        }

        /** Reads what there is from where it stands, if it may. */
        List<String> pull(String topic, int queueId) {
            QueueTurns turns = broker.turns();
            QueueClaim claim = turns.claim("billing", topic, queueId, this);
            if (claim != null && !turns.isOpen(claim, this)) {
                QueueRef queue = new QueueRef("billing", topic, queueId);
                if (!shard.<Boolean>ask(outcome -> turns.ask(queue, this, outcome))) {
                    return List.of();
                }
                claim = Objects.requireNonNull(shard.shard().claims().find("billing", topic, queueId));
            }
            return read(topic, queueId, claim == null ? null : claim.done());
        }

        private List<String> read(String topic, int queueId, DoneOffsets done) {
            List<String> bodies = new ArrayList<>();
            List<String> all = shard.readFrom(topic, queueId, offset);
            for (String body : all) {
                if (done == null || !done.contains(offset)) {
                    bodies.add(body);
                }
                offset++;
            }
            return bodies;
        }

        List<String> pull() {
            return pull("orders", 0);
        }

        void report(long upTo) {
            CommittedOffset offset = new CommittedOffset("billing", "orders", 0, upTo);
            shard.<CommittedOffset>ask(outcome -> broker.turns().commit(offset, this, outcome));
        }

        void leave() {
            membership.leaveConsumers(this, "billing");
        }
    }

    private Reader member() {
        return new Reader().join(ConsumerKind.DEFAULT);
    }

    private void send(int queueId, String... bodies) {
        for (String body : bodies) {
            shard.send("orders", queueId, body, java.util.Map.of());
            shard.work();
        }
    }

    private List<String> taken() {
        return Consuming.bodies(leases.take(ALL));
    }

    @Test
    void whatAMemberPullsIsNotHandedOutByLease() {
        send(0, "a");
        send(1, "b");
        assertThat(member().pull()).containsExactly("a");
        assertThat(taken()).as("the other queue is served").containsExactly("b");
    }

    @Test
    void whatIsTakenByLeaseIsNotPulled() {
        send(0, "a");
        assertThat(taken()).containsExactly("a");
        send(0, "b");
        assertThat(member().pull()).isEmpty();
        assertThat(taken()).containsExactly("b");
    }

    @Test
    void whoeverIsNoMemberOrBroadcastsReadsAsHeLikes() {
        send(0, "a");
        assertThat(taken()).containsExactly("a");
        assertThat(new Reader().pull()).containsExactly("a");
        Reader broadcasting = new Reader()
                .join(new ConsumerKind(
                        ConsumerKind.Fetch.PUSH, ConsumerKind.Sharing.BROADCASTING, ConsumerKind.Start.LAST));
        assertThat(broadcasting.pull()).containsExactly("a");
        send(0, "b");
        assertThat(taken()).as("that takes nothing from anybody").containsExactly("b");
    }

    @Test
    void aMemberThatIsSilentForTheLockTimeLosesTheQueue() {
        Reader reader = member();
        send(0, "a");
        assertThat(reader.pull()).containsExactly("a");
        reader.report(1);
        send(0, "b");
        shard.advance(LOCK_MS - 1);
        assertThat(taken()).isEmpty();
        shard.advance(1);
        assertThat(taken()).containsExactly("b");
        assertThat(reader.pull()).isEmpty();
    }

    @Test
    void reportsAreSignsOfLife() {
        Reader busy = member();
        send(0, "a", "b");
        assertThat(busy.pull()).containsExactly("a", "b");
        for (int i = 0; i < 10; i++) {
            shard.advance(5_000);
            busy.report(1);
        }
        assertThat(taken()).isEmpty();
    }

    @Test
    void whoWaitsByLeaseGetsAQueueSoonAfterItsMemberHasLeft() {
        Reader reader = member();
        assertThat(reader.pull()).isEmpty();
        Consuming.Take waiting = leases.ask(ALL, Consuming.INVISIBLE_MS, 30_000);
        send(0, "a");
        shard.advance(600);
        assertThat(waiting.answered).isFalse();
        reader.leave();
        shard.advance(600);
        assertThat(Consuming.bodies(waiting.held())).containsExactly("a");
    }

    @Test
    void aMemberGetsAQueueOnceThoseWhoTakeByLeaseHaveGone() {
        send(0, "a", "b");
        List<Held> held = leases.take(ALL);
        Reader reader = member();
        leases.acknowledge(held);
        assertThat(reader.pull()).as("they may come again").isEmpty();
        shard.advance(LOCK_MS);
        send(0, "c");
        assertThat(reader.pull()).containsExactly("c");
        assertThat(taken()).isEmpty();
    }

    @Test
    void itGetsItAtOnceWhenAnotherHasLeftAndNobodyAsksAnyMore() {
        Reader grpc = new Reader()
                .join(new ConsumerKind(
                        ConsumerKind.Fetch.LEASE, ConsumerKind.Sharing.CLUSTERING, ConsumerKind.Start.LAST));
        send(0, "a");
        leases.acknowledge(leases.take(ALL));
        Reader reader = member();
        assertThat(reader.pull()).isEmpty();
        grpc.leave();
        send(0, "b");
        assertThat(reader.pull()).containsExactly("b");
    }

    @Test
    void aQueueWhoseMessagesAreInSomebodysHandsStaysLeasedUntilTheirTimeIsOver() {
        send(0, "a");
        assertThat(taken()).containsExactly("a");
        Reader reader = member();
        shard.advance(Consuming.INVISIBLE_MS - 1_000);
        assertThat(reader.pull()).isEmpty();
        shard.advance(1_100);
        assertThat(reader.pull()).containsExactly("a");
    }

    @Test
    void aQueueThatNobodyTakesFromAnyMoreIsNotHeldForEver() {
        send(0, "a");
        leases.ask(ALL, 12 * 3_600_000L, 0);
        Reader reader = member();
        shard.advance(300_000);
        assertThat(reader.pull()).containsExactly("a");
    }

    @Test
    void anIdleQueueGoesToAMemberThoughSomebodyWaitsByLease() {
        Consuming.Take unused = leases.ask(ALL, Consuming.INVISIBLE_MS, 60_000);
        assertThat(member().pull()).isEmpty();
        send(0, "a");
        assertThat(unused.answered).isFalse();
        assertThat(readers.get(0).pull()).containsExactly("a");
    }

    @Test
    void pullsPassOverWhatWasAcknowledged() {
        send(0, "a", "b", "c", "d");
        List<Held> held = leases.take(ALL);
        leases.acknowledge(held.get(0));
        leases.acknowledge(held.get(2));
        Reader reader = member();
        shard.advance(Consuming.INVISIBLE_MS + LOCK_MS);
        assertThat(reader.pull()).containsExactly("b", "d");
    }

    @Test
    void aMemberThatStandsBehindIsGivenNothingTwiceThoughTheLeasesAreLongForgotten() {
        send(0, "a", "b");
        leases.acknowledge(leases.take(ALL));
        shard.advance(120_000);
        send(0, "c");
        assertThat(member().pull()).containsExactly("c");
    }

    @Test
    void aMembersReportDoesNotTakeBackWhatWasAcknowledged() {
        Reader reader = member();
        send(0, "a", "b", "c");
        leases.acknowledge(leases.take(ALL));
        shard.advance(LOCK_MS);
        assertThat(reader.pull()).isEmpty();
        reader.report(1);
        assertThat(leases.committed(0)).isEqualTo(3);
        reader.report(3);
        reader.report(2);
        assertThat(leases.committed(0)).as("it has caught up: it may go back").isEqualTo(2);
    }

    @Test
    void reportsCloseWhatLeasesLeftOpen() {
        send(0, "a", "b", "c", "d");
        List<Held> held = leases.take(3);
        leases.acknowledge(held.get(1));
        Reader reader = member();
        shard.advance(Consuming.INVISIBLE_MS + LOCK_MS);
        assertThat(reader.pull()).containsExactly("a", "c", "d");
        reader.report(2);
        shard.advance(1_000);
        assertThat(leases.committed(0)).isEqualTo(2);
        reader.report(4);
        shard.advance(1_000);
        assertThat(leases.committed(0)).isEqualTo(4);
        reader.leave();
        assertThat(taken()).isEmpty();
    }

    @Test
    void whatAMemberDidNotReportIsTakenByLeaseAgain() {
        Reader reader = member();
        send(0, "a", "b");
        assertThat(reader.pull()).containsExactly("a", "b");
        reader.report(1);
        reader.leave();
        assertThat(taken()).containsExactly("b");
    }

    @Test
    void aCommitDoesNotMoveALeasedQueue() {
        send(0, "a", "b");
        assertThat(leases.take(1)).hasSize(1);
        member().report(2);
        shard.advance(1_000);
        assertThat(leases.committed(0)).isEqualTo(0);
    }

    @Test
    void anOperatorsResetIsHeardByPulls() {
        send(0, "a", "b");
        leases.acknowledge(leases.take(ALL));
        shard.advance(LOCK_MS);
        Reader reader = member();
        shard.<List<CommittedOffset>>ask(outcome ->
                StateCommands.resetOffsets(List.of(new CommittedOffset("billing", "orders", 0, 0)), outcome));
        assertThat(reader.pull()).containsExactly("a", "b");
    }

    @Test
    void whatIsKnownOfATopicIsNotUsedForAnotherOfItsName() {
        send(0, "a", "b");
        leases.acknowledge(leases.take(ALL));
        shard.advance(2_000);
        shard.<Boolean>ask(outcome -> StateCommands.deleteTopic("orders", outcome));
        shard.topic("orders", 2);
        send(0, "new");
        assertThat(member().pull()).containsExactly("new");
    }

    @Test
    void theRetryTopicIsAQueueLikeOthers() {
        String retryTopic = Names.retryTopic("billing");
        shard.topic(retryTopic, 1);
        Reader reader = member();
        assertThat(reader.pull(retryTopic, 0)).isEmpty();
        shard.send(retryTopic, "again");
        assertThat(taken()).isEmpty();
        assertThat(reader.pull(retryTopic, 0)).containsExactly("again");
        reader.leave();
        assertThat(taken()).containsExactly("again");
    }

    @Test
    void afterARestartWhoeverComesFirstHasTheQueue() {
        send(0, "a");
        assertThat(member().pull()).containsExactly("a");
        restart();
        assertThat(taken()).containsExactly("a");
        assertThat(member().pull()).isEmpty();
    }

    @Test
    void whatWasInSomebodysHandsBeforeARestartIsKeptForHim() {
        send(0, "a");
        Held held = leases.take(1).get(0);
        restart();
        Reader reader = member();
        assertThat(reader.pull()).isEmpty();
        leases.acknowledge(held);
        send(0, "b");
        assertThat(reader.pull()).containsExactly("b");
    }

    private void restart() {
        broker.close();
        shard.restart();
        membership = new Membership(shard.clock);
        broker = new Broker(shard.shard(), membership, new CommittedReplies(), shard.clock);
    }
}
