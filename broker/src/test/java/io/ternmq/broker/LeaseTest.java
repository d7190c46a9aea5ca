package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.Consuming.Held;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.RetryPolicy;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.lease.ChangedLease;
import io.ternmq.broker.lease.LeaseAnswer;
import io.ternmq.broker.lease.LeaseWait;
import io.ternmq.broker.record.CommittedOffset;
import io.ternmq.log.LogSettings;
import io.ternmq.log.storage.FaultyDisk;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.message.TagHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private final FaultyDisk disk = new FaultyDisk(1);
    private final ShardFixture shard =
            new ShardFixture(disk::root, LogSettings.defaults().withSizes(262_144, 16_384, 4_096));
    private final Consuming billing;

    LeaseTest() {
        shard.topic("orders", 1);
        billing = Consuming.of(shard, retrying("billing", 2), "orders");
    }

    @AfterEach
    void close() {
        shard.close();
    }

    private static GroupConfig retrying(String group, int retryMax) {
        return new GroupConfig(group, true, true, false, 1, retryMax, true, Map.of(), RetryPolicy.CLASSIC);
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            shard.send("orders", "m" + shard.read("orders").size());
        }
    }

    private List<String> taken(int countMax) {
        return Consuming.bodies(billing.take(countMax));
    }

    @Test
    void aMessageIsGivenToOneMemberAtATime() {
        send(3);
        assertThat(taken(2)).containsExactly("m0", "m1");
        assertThat(taken(2)).containsExactly("m2");
        assertThat(taken(2)).isEmpty();
    }

    @Test
    void redeliversALeasedMessageOnceItsDeadlineHasPassed() {
        send(1);
        assertThat(taken(1)).containsExactly("m0");
        shard.advance(Consuming.INVISIBLE_MS - 1);
        assertThat(taken(1)).isEmpty();
        shard.advance(100);
        List<Held> again = billing.take(1);
        assertThat(Consuming.bodies(again)).containsExactly("m0");
        assertThat(again.get(0).attempts()).isEqualTo(2);
    }

    @Test
    void acknowledgementsComeInAnyOrderAndTheOffsetFollowsTheFirstThatIsMissing() {
        send(4);
        List<Held> held = billing.take(4);
        billing.acknowledge(held.get(1));
        billing.acknowledge(held.get(3));
        shard.advance(1_000);
        assertThat(billing.committed(0)).isZero();
        billing.acknowledge(held.get(0));
        shard.advance(1_000);
        assertThat(billing.committed(0)).isEqualTo(2);
        billing.acknowledge(held.get(2));
        shard.advance(1_000);
        assertThat(billing.committed(0)).isEqualTo(4);
        shard.advance(Consuming.INVISIBLE_MS * 2);
        assertThat(taken(4)).isEmpty();
    }

    @Test
    void anOldHandleIsTooLateOnceTheMessageWasGivenAgain() {
        send(1);
        Held first = billing.take(1).get(0);
        shard.advance(Consuming.INVISIBLE_MS + 100);
        Held second = billing.take(1).get(0);
        assertThat(billing.acknowledge(first)).isEqualTo(LeaseAnswer.TOO_LATE);
        assertThat(billing.acknowledge(second)).isEqualTo(LeaseAnswer.DONE);
        assertThat(billing.acknowledge(second)).isEqualTo(LeaseAnswer.DONE);
    }

    @Test
    void aLateAcknowledgementCountsWhileNobodyElseHasTheMessage() {
        send(1);
        Held held = billing.take(1).get(0);
        shard.advance(Consuming.INVISIBLE_MS + 100);
        assertThat(billing.acknowledge(held)).isEqualTo(LeaseAnswer.DONE);
        assertThat(taken(1)).isEmpty();
    }

    @Test
    void aMessageThatWasNeverTakenCannotBeAcknowledged() {
        send(2);
        Held held = billing.take(1).get(0);
        assertThat(billing.acknowledge(new Held("orders", 0, 1, 1, held.popTimeMs(), "")))
                .isEqualTo(LeaseAnswer.UNKNOWN);
    }

    @Test
    void renewingKeepsAMessageAndMakesTheOldHandleWorthless() {
        send(1);
        Held held = billing.take(1).get(0);
        shard.advance(Consuming.INVISIBLE_MS - 100);
        ChangedLease renewed = billing.change(held, Consuming.INVISIBLE_MS);
        assertThat(renewed.answer()).isEqualTo(LeaseAnswer.DONE);
        shard.advance(Consuming.INVISIBLE_MS - 100);
        assertThat(taken(1)).isEmpty();
        assertThat(billing.acknowledge(held)).isEqualTo(LeaseAnswer.TOO_LATE);
        Held now = new Held("orders", 0, 0, 1, renewed.popTimeMs(), "");
        assertThat(billing.acknowledge(now)).isEqualTo(LeaseAnswer.DONE);
    }

    @Test
    void aMessageThatWasRenewedLateIsGivenOnce() {
        send(1);
        Held held = billing.take(1).get(0);
        shard.advance(Consuming.INVISIBLE_MS + 100);
        billing.change(held, 1_000);
        shard.advance(1_100);
        assertThat(taken(8)).containsExactly("m0");
    }

    @Test
    void afterTheGroupsMostRetriesAMessageIsADeadLetter() {
        send(1);
        for (int attempt = 1; attempt <= 3; attempt++) {
            List<Held> held = billing.take(1);
            assertThat(held)
                    .singleElement()
                    .satisfies(one -> assertThat(one.body()).isEqualTo("m0"));
            assertThat(held.get(0).attempts()).isEqualTo(attempt);
            shard.advance(Consuming.INVISIBLE_MS + 100);
        }
        assertThat(taken(1)).isEmpty();
        shard.advance(1_000);
        assertThat(billing.committed(0)).isEqualTo(1);
        String deadLetters = Names.deadLetterTopic("billing");
        assertThat(shard.read(deadLetters)).containsExactly("m0");
        assertThat(shard.read(deadLetters, 0, record -> record.reconsumeTimes()))
                .containsExactly(2);
    }

    @Test
    void whoWaitsIsGivenTheMessageThatComes() {
        Consuming.Take first = billing.ask(8, Consuming.INVISIBLE_MS, 10_000);
        Consuming.Take second = billing.ask(8, Consuming.INVISIBLE_MS, 10_000);
        assertThat(first.answered).isFalse();
        send(1);
        assertThat(Consuming.bodies(first.held())).containsExactly("m0");
        assertThat(second.answered).isFalse();
        shard.advance(10_100);
        assertThat(second.answered).isTrue();
        assertThat(second.result()).isEqualTo(LeaseWait.Result.NOTHING);
    }

    @Test
    void whoWaitsIsGivenTheMessageThatComesBack() {
        send(1);
        Held held = billing.take(1).get(0);
        Consuming.Take waiting = billing.ask(1, Consuming.INVISIBLE_MS, 600_000);
        billing.change(held, 1_000);
        shard.advance(1_100);
        assertThat(Consuming.bodies(waiting.held())).containsExactly("m0");
    }

    @Test
    void whoIsGoneIsGivenNothing() {
        Consuming.Take gone = billing.ask(1, Consuming.INVISIBLE_MS, 10_000);
        Consuming.Take there = billing.ask(1, Consuming.INVISIBLE_MS, 10_000);
        gone.abandoned = true;
        send(1);
        assertThat(gone.taken()).isEmpty();
        assertThat(Consuming.bodies(there.held())).containsExactly("m0");
    }

    @Test
    void whatATagFilterRefusesIsDone() {
        shard.send("orders", 0, "red", Map.of(PropertyNames.TAGS, "red"));
        shard.send("orders", 0, "blue", Map.of(PropertyNames.TAGS, "blue"));
        shard.work();
        billing.tagFilter = tagHash -> tagHash == TagHash.of("blue");
        List<Held> held = billing.take(8);
        assertThat(Consuming.bodies(held)).containsExactly("blue");
        billing.acknowledge(held);
        shard.advance(1_000);
        assertThat(billing.committed(0)).isEqualTo(2);
    }

    @Test
    void whatDidNotArriveIsGivenAgainAndThatWasNoAttempt() {
        send(1);
        billing.takeBack(billing.take(1).get(0), 0);
        shard.advance(100);
        assertThat(billing.take(1))
                .singleElement()
                .satisfies(held -> assertThat(held.attempts()).isEqualTo(1));
    }

    @Test
    void theGroupsRetryTopicIsTakenFromToo() {
        shard.<Topic>ask(outcome -> StateCommands.putTopic(TopicConfig.of(Names.retryTopic("billing"), 1), outcome));
        Consuming.Take waiting = billing.ask(8, Consuming.INVISIBLE_MS, 10_000);
        shard.send(Names.retryTopic("billing"), "again");
        assertThat(Consuming.bodies(waiting.held())).containsExactly("again");
        assertThat(waiting.held().get(0).topic()).isEqualTo(Names.retryTopic("billing"));
        assertThat(billing.acknowledge(waiting.held().get(0))).isEqualTo(LeaseAnswer.DONE);
    }

    @Test
    void aRetryOfAnotherTopicIsHandedOverToThoseWhoTakeFromIt() {
        shard.topic("others", 1);
        Consuming others = new Consuming(shard, "billing", "others");
        shard.<Topic>ask(outcome -> StateCommands.putTopic(TopicConfig.of(Names.retryTopic("billing"), 1), outcome));
        shard.send(Names.retryTopic("billing"), "of others");
        Held foreign = billing.take(8).get(0);
        Consuming.Take waiting = others.ask(8, Consuming.INVISIBLE_MS, 600_000);

        billing.handOver(foreign, "others");
        shard.advance(100);

        assertThat(taken(8)).isEmpty();
        assertThat(Consuming.bodies(waiting.held())).containsExactly("of others");
        assertThat(waiting.held().get(0).attempts()).isEqualTo(1);
        shard.advance(Consuming.INVISIBLE_MS + 100);
        assertThat(taken(8)).isEmpty();
        assertThat(Consuming.bodies(others.take(8))).containsExactly("of others");
    }

    @Test
    void retriesAreLeftToOthersWhereTheyAreNotWanted() {
        shard.<Topic>ask(outcome -> StateCommands.putTopic(TopicConfig.of(Names.retryTopic("billing"), 1), outcome));
        shard.send(Names.retryTopic("billing"), "again");
        send(1);
        billing.withRetries = false;
        assertThat(taken(8)).containsExactly("m0");
        assertThat(taken(8)).isEmpty();
    }

    @Test
    void whoBeginsToWaitInTheMomentInWhichAMessageComesIsGivenIt() {
        shard.send("orders", 0, "m0", Map.of());
        Consuming.Take waiting = billing.ask(8, Consuming.INVISIBLE_MS, 600_000);
        shard.work();
        assertThat(Consuming.bodies(waiting.held())).containsExactly("m0");
        billing.acknowledge(waiting.held());
        shard.send("orders", 0, "m1", Map.of());
        Consuming.Take again = billing.ask(8, Consuming.INVISIBLE_MS, 600_000);
        shard.work();
        assertThat(Consuming.bodies(again.held())).containsExactly("m1");
    }

    @Test
    void whoWaitsForTheRetryTopicItselfIsGivenWhatComesThere() {
        String retryTopic = Names.retryTopic("billing");
        shard.<Topic>ask(outcome -> StateCommands.putTopic(TopicConfig.of(retryTopic, 1), outcome));
        Consuming retries = new Consuming(shard, "billing", retryTopic);
        Consuming.Take waiting = retries.ask(8, Consuming.INVISIBLE_MS, 600_000);
        shard.send(retryTopic, "again");
        assertThat(Consuming.bodies(waiting.held())).containsExactly("again");
    }

    @Test
    void whatIsGivenUpIsADeadLetter() {
        send(2);
        billing.giveUp(billing.take(1).get(0));
        shard.advance(1_000);
        assertThat(shard.read(Names.deadLetterTopic("billing"))).containsExactly("m0");
        assertThat(billing.committed(0)).isEqualTo(1);
        assertThat(taken(8)).containsExactly("m1");
    }

    @Test
    void aCleanRestartForgetsNothing() {
        send(4);
        List<Held> held = billing.take(3);
        billing.acknowledge(held.get(1));
        shard.restart();
        assertThat(taken(8)).containsExactly("m3");
        assertThat(billing.acknowledge(held.get(0))).isEqualTo(LeaseAnswer.DONE);
        shard.advance(Consuming.INVISIBLE_MS + 100);
        List<Held> again = billing.take(8);
        assertThat(Consuming.bodies(again)).containsExactlyInAnyOrder("m2", "m3");
        assertThat(again).allSatisfy(one -> assertThat(one.attempts()).isEqualTo(2));
    }

    @Test
    void afterACrashNothingIsLostAndRunningWorkIsNotDoubled() {
        send(6);
        List<Held> held = billing.take(3);
        billing.acknowledge(held.get(0));
        shard.advance(1_000);
        billing.acknowledge(held.get(1));
        disk.crash();
        shard.reopenAfterCrash();
        assertThat(taken(8)).as("what nobody had").containsExactly("m3", "m4", "m5");
        assertThat(billing.acknowledge(held.get(2))).isEqualTo(LeaseAnswer.DONE);
        shard.advance(Consuming.INVISIBLE_MS + 100);
        assertThat(taken(1)).as("acknowledged within the last second").containsExactly("m1");
    }

    @Test
    void whatWasHandedOutJustBeforeACrashIsHiddenAsLongAsALease() {
        send(4);
        assertThat(taken(1)).containsExactly("m0");
        shard.advance(100);
        List<Held> held = billing.take(2);
        disk.crash();
        shard.reopenAfterCrash();
        assertThat(taken(8)).isEmpty();
        assertThat(billing.acknowledge(held.get(0))).isEqualTo(LeaseAnswer.DONE);
        shard.advance(Consuming.INVISIBLE_MS + 100);
        assertThat(taken(8)).containsExactlyInAnyOrder("m0", "m2", "m3");
    }

    @Test
    void aChosenDeadlineIsKeptOverACrash() {
        send(1);
        billing.change(billing.take(1).get(0), 120_000);
        shard.advance(1_000);
        disk.crash();
        shard.reopenAfterCrash();
        shard.advance(118_000);
        assertThat(taken(1)).isEmpty();
        shard.advance(1_200);
        assertThat(taken(1)).containsExactly("m0");
    }

    @Test
    void aResetEndsAllLeasesOfTheQueue() {
        send(3);
        billing.acknowledge(billing.take(3));
        shard.advance(1_000);
        send(1);
        Held held = billing.take(1).get(0);
        shard.<List<CommittedOffset>>ask(outcome ->
                StateCommands.resetOffsets(List.of(new CommittedOffset("billing", "orders", 0, 1)), outcome));
        assertThat(taken(8)).containsExactly("m1", "m2", "m3");
        assertThat(billing.acknowledge(held)).isEqualTo(LeaseAnswer.TOO_LATE);
    }

    @Test
    void aCommitByOffsetChangesNothingWhileTheQueueIsLeased() {
        send(3);
        List<Held> held = billing.take(2);
        shard.<CommittedOffset>ask(
                outcome -> StateCommands.commitOffset(new CommittedOffset("billing", "orders", 0, 3), outcome));
        billing.acknowledge(held.get(0));
        shard.advance(1_000);
        assertThat(billing.committed(0)).isEqualTo(1);
    }

    @Test
    void aGroupBeginsAtTheFirstMessageWhileItIsThere() {
        send(2);
        billing.fromLatest = true;
        assertThat(taken(8)).containsExactly("m0", "m1");
    }

    private void sendOrdered(String... bodies) {
        for (String body : bodies) { // its key is its first letter
            shard.send("orders", 0, body, Map.of(PropertyNames.SHARDING_KEY, body.substring(0, 1)));
            shard.work();
        }
    }

    @Test
    void inOrderAMemberIsGivenTheMessagesOfOneKeyAndTheNextMemberThoseOfAnother() {
        billing.ordered = true;
        sendOrdered("a1", "b1", "a2", "c1", "a3", "b2");
        List<Held> a = billing.take(2);
        assertThat(Consuming.bodies(a)).containsExactly("a1", "a2");
        assertThat(taken(8)).containsExactly("b1", "b2");
        assertThat(taken(8)).containsExactly("c1");
        assertThat(taken(8)).isEmpty();
        billing.acknowledge(a.get(0));
        assertThat(taken(8)).as("a2 is not done").isEmpty();
        billing.acknowledge(a.get(1));
        assertThat(taken(8)).containsExactly("a3");
    }

    @Test
    void inOrderAMessageThatFailsHoldsUpItsOwnKeyOnly() {
        billing.ordered = true;
        sendOrdered("a1", "a2", "b1", "b2");
        Held failing = billing.take(1).get(0);
        billing.change(failing, 5_000);
        List<Held> b = billing.take(8);
        assertThat(Consuming.bodies(b)).containsExactly("b1", "b2");
        billing.acknowledge(b);
        assertThat(taken(8)).isEmpty();
        shard.advance(5_100);
        List<Held> again = billing.take(8);
        assertThat(Consuming.bodies(again)).containsExactly("a1", "a2");
        assertThat(again.get(0).attempts()).isEqualTo(2);
    }

    @Test
    void inOrderADeadLetterGivesWayToTheNextOfItsKey() {
        billing.ordered = true;
        sendOrdered("a1", "a2");
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(taken(1)).containsExactly("a1");
            shard.advance(Consuming.INVISIBLE_MS + 100);
        }
        assertThat(taken(8)).containsExactly("a2");
        assertThat(shard.read(Names.deadLetterTopic("billing"))).containsExactly("a1");
    }

    @Test
    void theOrderIsKeptOverACrash() {
        billing.ordered = true;
        sendOrdered("a1", "b1", "a2");
        assertThat(taken(1)).containsExactly("a1");
        shard.advance(1_000);
        disk.crash();
        shard.reopenAfterCrash();
        assertThat(taken(8)).as("a1 may be in somebody's hands").containsExactly("b1");
        assertThat(taken(8)).isEmpty();
        shard.advance(Consuming.INVISIBLE_MS + 100);
        List<Held> again = billing.take(8);
        assertThat(Consuming.bodies(again)).containsExactly("a1", "a2");
    }

    @Test
    void messagesWithoutAKeyAreOneOrder() {
        billing.ordered = true;
        send(3);
        List<Held> held = billing.take(2);
        assertThat(Consuming.bodies(held)).containsExactly("m0", "m1");
        assertThat(taken(8)).isEmpty();
        billing.acknowledge(held);
        assertThat(taken(8)).containsExactly("m2");
    }

    @Test
    void whoWaitsInOrderIsGivenTheNextOnceTheFirstIsDone() {
        billing.ordered = true;
        sendOrdered("a1", "a2");
        Held first = billing.take(1).get(0);
        Consuming.Take waiting = billing.ask(8, Consuming.INVISIBLE_MS, 10_000);
        assertThat(waiting.answered).isFalse();
        billing.acknowledge(first);
        assertThat(Consuming.bodies(waiting.held())).containsExactly("a2");
    }

    @Test
    void whatIsTakenWithoutOrderBehindAnOrderedRequestComesAgainToo() {
        billing.ordered = true;
        sendOrdered("a1", "b1");
        billing.acknowledge(billing.take(8));
        billing.acknowledge(billing.take(8));
        billing.ordered = false;
        sendOrdered("a2", "a3");
        assertThat(taken(8)).containsExactly("a2", "a3");
        shard.advance(Consuming.INVISIBLE_MS + 100);
        assertThat(taken(8)).containsExactly("a2", "a3");
    }

    @Test
    void whatTheFilterRefusesDoesNotComeAfterACrashEither() {
        billing.tagFilter = tagHash -> tagHash == TagHash.of("blue");
        for (String tag : List.of("red", "blue", "red", "blue")) {
            shard.send("orders", 0, tag, Map.of(PropertyNames.TAGS, tag));
        }
        shard.work();
        shard.advance(1_000);
        assertThat(taken(8)).containsExactly("blue", "blue");
        disk.crash();
        shard.reopenAfterCrash();
        shard.advance(Consuming.INVISIBLE_MS + 100);
        assertThat(taken(8)).containsExactly("blue", "blue");
    }

    @Test
    void aMessageWithAllThePropertiesThereCanBeBecomesADeadLetterAsItIs() {
        shard.send("orders", 0, "full", Map.of("p", "x".repeat(32_760)));
        shard.work();
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(taken(1)).containsExactly("full");
            shard.advance(Consuming.INVISIBLE_MS + 100);
        }
        assertThat(shard.events).isEmpty();
        assertThat(shard.read(Names.deadLetterTopic("billing"))).containsExactly("full");
    }

    @Test
    void openMessagesOfAQueueAreBounded() {
        shard.topic("many", 1);
        Consuming group = Consuming.of(shard, retrying("many", 2), "many");
        int max = 8_192;
        for (int i = 0; i < max + 10; i++) {
            shard.send("many", 0, "m" + i, Map.of());
            if (i % 256 == 0) {
                shard.work();
            }
        }
        shard.work();
        List<Held> held = new ArrayList<>();
        for (List<Held> some = group.take(1_000); !some.isEmpty(); some = group.take(1_000)) {
            held.addAll(some);
        }
        assertThat(held).hasSize(max);
        group.acknowledge(held.get(0));
        assertThat(group.take(8)).hasSize(1);
    }

    @Test
    void whoWaitsForATopicThatIsDeletedIsToldSo() {
        Consuming.Take waiting = billing.ask(1, Consuming.INVISIBLE_MS, 10_000);
        shard.<Boolean>ask(outcome -> StateCommands.deleteTopic("orders", outcome));
        shard.work();
        assertThat(waiting.refusal).isEqualTo(Refusal.UNKNOWN_TOPIC);
    }
}
