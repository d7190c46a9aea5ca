package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.Consuming.Held;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.RetryPolicy;
import io.ternmq.broker.lease.LeaseAnswer;
import io.ternmq.broker.lease.LeaseWait;
import io.ternmq.log.LogSettings;
import io.ternmq.log.storage.FaultyDisk;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.message.TagHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lanes within one group: who gets which message as lanes open and end. */
class LaneTest {
    private static final long ALIVE_MS = 30_000;
    private static final long LONG_MS = 600_000;
    private static final String RETRIES = Names.retryTopic("billing");
    private static final String DEAD_LETTERS = Names.deadLetterTopic("billing");

    private final FaultyDisk disk = new FaultyDisk(1);
    private final ShardFixture shard =
            new ShardFixture(disk::root, LogSettings.defaults().withSizes(262_144, 16_384, 4_096));
    private final Consuming base;
    private final Consuming blue;

    LaneTest() {
        shard.topic("orders", 1);
        GroupConfig config = new GroupConfig("billing", true, true, false, 1, 2, true, Map.of(), RetryPolicy.CLASSIC);
        base = Consuming.of(shard, config, "orders");
        blue = base.inLane("blue", "blue-1");
    }

    @AfterEach
    void close() {
        shard.close();
    }

    /** Sends each down the lane that its first word names, or down none. */
    private void send(String... bodies) {
        for (String body : bodies) {
            shard.send("orders", 0, body, properties(body));
        }
        shard.work();
    }

    private static Map<String, String> properties(String body) {
        int end = body.indexOf(' ');
        return end < 0 ? Map.of() : Map.of(PropertyNames.LANE, body.substring(0, end));
    }

    private static List<String> taken(Consuming consuming) {
        return Consuming.bodies(consuming.take(8));
    }

    /** Opens the lane. */
    private static void join(Consuming consuming) {
        assertThat(taken(consuming)).isEmpty();
    }

    private void sendInOrder(String... bodies) { // the key is the last word's first letter
        for (String body : bodies) {
            Map<String, String> properties = new HashMap<>(properties(body));
            int begin = body.indexOf(' ') + 1;
            properties.put(PropertyNames.SHARDING_KEY, body.substring(begin, begin + 1));
            shard.send("orders", 0, body, properties);
        }
        shard.work();
    }

    @Test
    void aLanesMessagesGoToItsConsumersAndAllOthersToTheBase() {
        join(blue);
        send("m0", "blue m1", "green m2", "m3", "blue m4");
        assertThat(taken(base)).containsExactly("m0", "green m2", "m3");
        assertThat(taken(blue)).containsExactly("blue m1", "blue m4");
        assertThat(taken(base)).isEmpty();
        assertThat(taken(blue)).isEmpty();
    }

    @Test
    void aLaneWithoutConsumersIsTheBases() {
        send("m0", "blue m1");
        assertThat(taken(base)).containsExactly("m0", "blue m1");
    }

    @Test
    void whatNobodyHadYetIsTheLanesOnceItOpens() {
        send("m0", "blue m1", "blue m2");
        assertThat(taken(blue)).containsExactly("blue m1", "blue m2");
        assertThat(taken(base)).containsExactly("m0");
    }

    @Test
    void whatTheBaseHoldsWhenALaneOpensStaysThere() {
        send("blue m0", "blue m1");
        List<Held> held = base.take(1);
        assertThat(taken(blue)).containsExactly("blue m1");
        shard.advance(Consuming.INVISIBLE_MS - 100);
        assertThat(taken(blue)).isEmpty();
        assertThat(base.acknowledge(held.get(0))).isEqualTo(LeaseAnswer.DONE);
        shard.advance(LONG_MS);
        assertThat(taken(base)).containsExactly("blue m1");
    }

    @Test
    void whatFailsInTheBaseIsTriedAgainByTheLaneThatOpenedMeanwhile() {
        send("blue m0");
        base.change(base.take(1).get(0), 1_000);
        join(blue);
        shard.advance(1_100);
        assertThat(taken(base)).isEmpty();
        List<Held> again = blue.take(8);
        assertThat(Consuming.bodies(again)).containsExactly("blue m0");
        assertThat(again.get(0).attempts()).isEqualTo(2);
    }

    @Test
    void aLaneThatIsLeftIsTheBasesAtOnce() {
        join(blue);
        Consuming.Take waiting = base.ask(8, Consuming.INVISIBLE_MS, LONG_MS);
        send("blue m0", "blue m1");
        assertThat(waiting.answered).isFalse();
        List<Held> held = blue.take(1);
        blue.leave();
        assertThat(Consuming.bodies(waiting.held())).containsExactly("blue m1");
        assertThat(taken(base)).as("still held").isEmpty();
        shard.advance(Consuming.INVISIBLE_MS + 100);
        assertThat(blue.acknowledge(held.get(0))).isEqualTo(LeaseAnswer.DONE);
    }

    @Test
    void whoLeavesOneLaneStaysInItsOthers() {
        Consuming green = base.inLane("green", blue.member.name());
        join(blue);
        join(green);
        send("blue m0", "green m1");
        blue.leaveLane();
        assertThat(taken(base)).containsExactly("blue m0");
        assertThat(taken(green)).containsExactly("green m1");
    }

    @Test
    void whatAnEndedLaneHeldComesToTheBaseWhenItsLeasesEnd() {
        join(blue);
        send("blue m0");
        Held lost = blue.take(1).get(0);
        blue.leave();
        assertThat(taken(base)).isEmpty();
        shard.advance(Consuming.INVISIBLE_MS + 100);
        List<Held> again = base.take(8);
        assertThat(Consuming.bodies(again)).containsExactly("blue m0");
        assertThat(again.get(0).attempts()).isEqualTo(2);
        assertThat(blue.acknowledge(lost)).isEqualTo(LeaseAnswer.TOO_LATE);
    }

    @Test
    void aLaneEndsSomeTimeAfterTheLastSignOfLife() {
        join(blue);
        send("blue m0");
        Consuming.Take waiting = base.ask(8, Consuming.INVISIBLE_MS, LONG_MS);
        shard.advance(ALIVE_MS - 100);
        assertThat(waiting.answered).isFalse();
        shard.advance(200);
        assertThat(Consuming.bodies(waiting.held())).containsExactly("blue m0");
    }

    @Test
    void aLaneLivesAsLongAsOneOfItWaits() {
        Consuming.Take waiting = blue.ask(8, Consuming.INVISIBLE_MS, LONG_MS);
        for (int i = 0; i < 10; i++) {
            shard.advance(ALIVE_MS - 100);
        }
        send("blue m0");
        assertThat(Consuming.bodies(waiting.held())).containsExactly("blue m0");
        assertThat(taken(base)).isEmpty();
    }

    @Test
    void aLaneLivesAsLongAsItsConsumersRenewAndAcknowledge() {
        send("blue m0", "blue m1", "blue m2");
        Held first = blue.take(1).get(0);
        Held second = blue.take(1).get(0);
        shard.advance(ALIVE_MS - 1_000);
        blue.change(first, LONG_MS);
        shard.advance(ALIVE_MS - 1_000);
        assertThat(taken(base)).isEmpty();
        blue.acknowledge(second);
        shard.advance(ALIVE_MS - 1_000);
        assertThat(taken(base)).isEmpty();
        shard.advance(1_100);
        assertThat(taken(base)).containsExactly("blue m2");
    }

    @Test
    void aLaneLivesUntilItsLastMemberHasLeft() {
        Consuming second = base.inLane("blue", "blue-2");
        join(blue);
        join(second);
        send("blue m0");
        blue.leave();
        assertThat(taken(base)).isEmpty();
        second.leave();
        assertThat(taken(base)).containsExactly("blue m0");
    }

    @Test
    void aLaneOfOneTopicHoldsUpNothingOfAnother() {
        shard.topic("refunds", 1);
        Consuming refunds = new Consuming(shard, "billing", "refunds");
        join(blue);
        shard.send("refunds", 0, "blue m0", properties("blue m0"));
        shard.work();
        assertThat(taken(refunds)).containsExactly("blue m0");
    }

    @Test
    void eachLaneWaitsForItsOwn() {
        Consuming green = base.inLane("green", "green-1");
        Consuming.Take first = base.ask(8, Consuming.INVISIBLE_MS, LONG_MS);
        Consuming.Take second = blue.ask(8, Consuming.INVISIBLE_MS, LONG_MS);
        Consuming.Take third = green.ask(8, Consuming.INVISIBLE_MS, LONG_MS);
        Consuming.Take fourth = blue.ask(8, Consuming.INVISIBLE_MS, LONG_MS);
        send("green m0");
        assertThat(Consuming.bodies(third.held())).containsExactly("green m0");
        send("blue m1");
        send("blue m2");
        assertThat(Consuming.bodies(second.held())).containsExactly("blue m1");
        assertThat(Consuming.bodies(fourth.held())).containsExactly("blue m2");
        send("m3");
        assertThat(Consuming.bodies(first.held())).containsExactly("m3");
    }

    @Test
    void progressIsShared() {
        join(blue);
        send("blue m0", "m1", "blue m2", "m3");
        base.acknowledge(base.take(8));
        shard.advance(1_000);
        assertThat(base.committed(0)).isZero();
        blue.acknowledge(blue.take(8));
        shard.advance(1_000);
        assertThat(base.committed(0)).isEqualTo(4);
        blue.leave();
        shard.advance(LONG_MS);
        assertThat(taken(base)).isEmpty();
    }

    @Test
    void eachSideJudgesItsOwnMessagesByItsOwnFilter() {
        join(blue);
        base.tagFilter = tagHash -> tagHash == TagHash.of("old");
        blue.tagFilter = tagHash -> tagHash == TagHash.of("new");
        shard.send("orders", 0, "blue old", Map.of(PropertyNames.LANE, "blue", PropertyNames.TAGS, "old"));
        shard.send("orders", 0, "blue new", Map.of(PropertyNames.LANE, "blue", PropertyNames.TAGS, "new"));
        shard.send("orders", 0, "base old", Map.of(PropertyNames.TAGS, "old"));
        shard.send("orders", 0, "base new", Map.of(PropertyNames.TAGS, "new"));
        shard.work();
        List<Held> ofBase = base.take(8);
        List<Held> ofBlue = blue.take(8);
        assertThat(Consuming.bodies(ofBase)).containsExactly("base old");
        assertThat(Consuming.bodies(ofBlue)).containsExactly("blue new");
        base.acknowledge(ofBase);
        blue.acknowledge(ofBlue);
        shard.advance(1_000);
        assertThat(base.committed(0)).isEqualTo(4);
    }

    @Test
    void theOrderOfAKeyHoldsAcrossLanes() {
        base.ordered = true;
        blue.ordered = true;
        join(blue);
        sendInOrder("a1", "blue a2", "a3", "blue b1");
        List<Held> first = base.take(8);
        assertThat(Consuming.bodies(first)).containsExactly("a1");
        assertThat(taken(base)).isEmpty();
        assertThat(taken(blue)).containsExactly("blue b1");
        assertThat(taken(blue)).isEmpty();
        Consuming.Take waiting = blue.ask(8, Consuming.INVISIBLE_MS, LONG_MS);
        base.acknowledge(first);
        assertThat(Consuming.bodies(waiting.held())).containsExactly("blue a2");
        assertThat(taken(base)).isEmpty();
        Consuming.Take next = base.ask(8, Consuming.INVISIBLE_MS, LONG_MS);
        blue.acknowledge(waiting.held());
        assertThat(Consuming.bodies(next.held())).containsExactly("a3");
    }

    @Test
    void theOrderOfAKeyHoldsWhenALaneEnds() {
        base.ordered = true;
        blue.ordered = true;
        join(blue);
        sendInOrder("blue a1", "blue a2", "a3");
        List<Held> held = blue.take(1);
        blue.leave();
        assertThat(taken(base)).isEmpty();
        blue.acknowledge(held);
        List<Held> rest = base.take(8);
        assertThat(Consuming.bodies(rest)).containsExactly("blue a2", "a3");
    }

    @Test
    void theOrderOfAKeyHoldsWhenALaneOpens() {
        base.ordered = true;
        blue.ordered = true;
        sendInOrder("blue a1", "blue a2", "blue a3");
        List<Held> held = base.take(1);
        assertThat(taken(blue)).isEmpty();
        base.acknowledge(held);
        assertThat(taken(base)).isEmpty();
        assertThat(taken(blue)).containsExactly("blue a2", "blue a3");
    }

    @Test
    void whatCameBackToTheRetryTopicIsForTheLaneOfItsTopic() {
        shard.topic(RETRIES, 1);
        shard.topic("refunds", 1);
        Consuming refunds = new Consuming(shard, "billing", "refunds");
        join(blue);
        Map<String, String> ofOrders = Map.of(PropertyNames.LANE, "blue", PropertyNames.RETRY_TOPIC, "orders");
        Map<String, String> ofRefunds = Map.of(PropertyNames.LANE, "blue", PropertyNames.RETRY_TOPIC, "refunds");
        Consuming.Take waiting = blue.ask(8, Consuming.INVISIBLE_MS, LONG_MS);
        shard.send(RETRIES, 0, "of orders", ofOrders);
        shard.send(RETRIES, 0, "of refunds", ofRefunds);
        shard.work();
        assertThat(Consuming.bodies(waiting.held())).containsExactly("of orders");
        assertThat(taken(base)).isEmpty();
        assertThat(taken(refunds)).containsExactly("of refunds");
        blue.leave();
        shard.advance(Consuming.INVISIBLE_MS + 100);
        assertThat(taken(base)).containsExactly("of orders");
    }

    @Test
    void aDelayedMessageIsForItsLane() {
        join(blue);
        Consuming.Take ofBase = base.ask(8, Consuming.INVISIBLE_MS, LONG_MS);
        Consuming.Take ofBlue = blue.ask(8, Consuming.INVISIBLE_MS, LONG_MS);
        shard.sendTimed("orders", 0, "later", shard.clock.time() + 5_000, properties("blue later"));
        shard.work();
        for (int i = 0; i < 60; i++) {
            shard.advance(100);
        }
        assertThat(Consuming.bodies(ofBlue.held())).containsExactly("later");
        assertThat(ofBase.answered).isFalse();
    }

    @Test
    void aDeadLetterKeepsItsLane() {
        join(blue);
        send("blue m0");
        blue.giveUp(blue.take(1).get(0));
        shard.advance(1_000);
        assertThat(shard.read(DEAD_LETTERS, 0, record -> String.valueOf(record.property(PropertyNames.LANE))))
                .containsExactly("blue");
    }

    @Test
    void whoWaitsToBeToldIsToldOfItsOwnMessagesOnly() {
        join(blue);
        Consuming.Notice ofBase = base.notice(LONG_MS);
        Consuming.Notice ofBlue = blue.notice(LONG_MS);
        send("blue m0");
        assertThat(ofBlue.answered).isTrue();
        assertThat(ofBlue.result()).isEqualTo(LeaseWait.Result.FOUND);
        assertThat(ofBase.answered).isFalse();
        blue.leave();
        assertThat(ofBase.answered).isTrue();
    }

    @Test
    void whatWaitedForALaneIsNotLostByACrash() {
        join(blue);
        send("blue m0", "m1", "blue m2");
        assertThat(taken(base)).containsExactly("m1");
        shard.advance(1_000);
        disk.crash();
        shard.reopenAfterCrash();
        shard.work();
        join(base.inLane("green", "green-1"));
        assertThat(taken(blue)).containsExactly("blue m0", "blue m2");
        shard.advance(Consuming.INVISIBLE_MS + 100);
        assertThat(taken(base)).contains("m1");
    }

    @Test
    void afterARestartALaneThatWasOpenIsGivenTimeToComeBack() {
        join(blue);
        send("m0", "blue m1", "blue m2");
        shard.advance(1_000);
        disk.crash();
        shard.reopenAfterCrash();
        assertThat(taken(base)).containsExactly("m0");
        List<Held> ofBlue = blue.take(1);
        assertThat(Consuming.bodies(ofBlue)).containsExactly("blue m1");
        shard.restart();
        shard.advance(ALIVE_MS - 100);
        assertThat(taken(base)).isEmpty();
        shard.advance(200);
        assertThat(taken(base)).contains("blue m2");
    }

    @Test
    void afterARestartALaneThatHadEndedIsTheBases() {
        join(blue);
        shard.advance(1_000);
        blue.leave();
        shard.restart();
        send("blue m0");
        assertThat(taken(base)).containsExactly("blue m0");
    }

    @Test
    void aLaneThatFallsFarBehindLeavesTheRestToTheBase() {
        int max = 4_096;
        join(blue);
        for (int sent = 0; sent < max + 2; sent++) {
            shard.send("orders", 0, "m" + sent, Map.of(PropertyNames.LANE, "blue"));
            if (sent % 256 == 0) {
                shard.work();
            }
        }
        send("last");
        List<String> ofBase = new ArrayList<>();
        for (int takes = 0; takes < 20; takes++) {
            ofBase.addAll(taken(base));
        }
        assertThat(ofBase).containsExactly("m" + max, "m" + (max + 1), "last");
        assertThat(blue.take(max + 1)).hasSize(max);
    }

    @Test
    void aLaneThatWaitsBehindTheBasesBacklogGoesOnWithIt() {
        int max = 8_192;
        for (int sent = 0; sent < max; sent++) {
            shard.send("orders", 0, "m" + sent, Map.of());
            if (sent % 256 == 0) {
                shard.work();
            }
        }
        send("blue m");
        Consuming.Take waiting = blue.ask(8, Consuming.INVISIBLE_MS, LONG_MS);
        shard.work();
        assertThat(waiting.answered).isFalse();
        base.acknowledge(base.take(1));
        assertThat(Consuming.bodies(waiting.held())).containsExactly("blue m");
    }

    @Test
    void whoHasLeftAndStillWaitsKeepsNobodyFromTheBasesMessages() {
        Consuming.Take left = blue.ask(8, Consuming.INVISIBLE_MS, LONG_MS);
        Consuming.Take ofBase = base.ask(8, Consuming.INVISIBLE_MS, LONG_MS);
        blue.leave();
        send("m0");
        assertThat(Consuming.bodies(ofBase.held())).containsExactly("m0");
        assertThat(left.answered).isTrue();
        assertThat(left.result()).isEqualTo(LeaseWait.Result.NOTHING);
    }

    @Test
    void tooManyLanesOfATopicAreToldSo() {
        for (int i = 0; i < 64; i++) {
            join(base.inLane("lane" + i, "member" + i));
        }
        Consuming.Take oneMore = blue.ask(8, Consuming.INVISIBLE_MS, LONG_MS);
        assertThat(oneMore.result()).isEqualTo(LeaseWait.Result.TOO_MANY_WAIT);
        base.inLane("lane7", "member7").leave();
        join(blue);
    }
}
