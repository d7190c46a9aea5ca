package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.Consuming.Held;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.RetryPolicy;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.lease.LeaseWait;
import io.ternmq.log.LogSettings;
import io.ternmq.log.storage.FaultyDisk;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes back to a group's retry topic, and what becomes of it and of those who wait for it when something is deleted. */
class LeaseRetryTest {
    private static final String RETRIES = Names.retryTopic("billing");
    private static final String DEAD_LETTERS = Names.deadLetterTopic("billing");
    private static final long LONG_MS = 600_000;
    private static final long SWEPT_MS = 61_000;

    private static final LogSettings SHORT_LIVED = LogSettings.defaults()
            .withSizes(65_536, 16_384, 4_096)
            .withSpace(new LogSettings.Retain(36_000_000, 1 << 20), 1 << 20)
            .withCheckpoint(new LogSettings.CheckpointEvery(32_768, 3_600_000));

    private final FaultyDisk disk = new FaultyDisk(1);
    private final ShardFixture shard = new ShardFixture(disk::root, SHORT_LIVED);
    private final Consuming billing;

    LeaseRetryTest() {
        shard.topic("orders", 1);
        GroupConfig config = new GroupConfig("billing", true, true, false, 1, 2, true, Map.of(), RetryPolicy.CLASSIC);
        billing = Consuming.of(shard, config, "orders");
    }

    @AfterEach
    void close() {
        shard.close();
    }

    /** Hands a retry that some member of the group took over to those who take from another topic. */
    private void handOver(String body, String toTopic) {
        shard.send(RETRIES, body);
        for (Held held : billing.take(1)) {
            billing.handOver(held, toTopic);
        }
        shard.advance(100);
    }

    @Test
    void whoWaitsForLongIsGivenWhatComesBackToTheGroup() {
        shard.topic(RETRIES, 1);
        Consuming.Take waiting = billing.ask(8, Consuming.INVISIBLE_MS, LONG_MS);
        shard.advance(SWEPT_MS);
        shard.send(RETRIES, "again");
        assertThat(Consuming.bodies(waiting.held())).containsExactly("again");
    }

    @Test
    void whoWaitsIsGivenWhatComesBackToARetryTopicThatWasMadeSince() {
        Consuming.Take waiting = billing.ask(8, Consuming.INVISIBLE_MS, LONG_MS);
        shard.topic(RETRIES, 1);
        shard.send(RETRIES, "again");
        assertThat(Consuming.bodies(waiting.held())).containsExactly("again");
    }

    @Test
    void whoWaitsToBeToldIsToldOfWhatComesBackToTheGroup() {
        shard.topic(RETRIES, 1);
        Consuming.Notice waiting = billing.notice(LONG_MS);
        assertThat(waiting.answered).isFalse();
        shard.send(RETRIES, "again");
        assertThat(waiting.answered).isTrue();
        assertThat(waiting.result()).isEqualTo(LeaseWait.Result.FOUND);
        assertThat(billing.notice(0).result()).isEqualTo(LeaseWait.Result.FOUND);
        billing.withRetries = false;
        assertThat(billing.notice(0).result()).isEqualTo(LeaseWait.Result.NOTHING);
    }

    @Test
    void whoTakesFromATopicIsToldOfTheRetriesThatAreLeftToItsTakers() {
        shard.topic("others", 1);
        shard.topic(RETRIES, 1);
        Consuming.Notice waiting = new Consuming(shard, "billing", "others").notice(LONG_MS);
        handOver("of others", "others");
        assertThat(waiting.answered).isTrue();
        assertThat(new Consuming(shard, "billing", "others").notice(0).result()).isEqualTo(LeaseWait.Result.FOUND);
        assertThat(billing.notice(0).result()).isEqualTo(LeaseWait.Result.NOTHING);
    }

    @Test
    void whoWaitsInAGroupThatIsDeletedIsToldSoAndTakesNothing() {
        Consuming.Take waiting = billing.ask(1, Consuming.INVISIBLE_MS, LONG_MS);
        shard.send("orders", 0, "m0", Map.of());
        shard.<Boolean>ask(outcome -> StateCommands.deleteGroup("billing", true, outcome));
        Consuming.Take late = billing.ask(1, Consuming.INVISIBLE_MS, LONG_MS);
        assertThat(waiting.refusal).isEqualTo(Refusal.UNKNOWN_GROUP);
        assertThat(late.refusal).isEqualTo(Refusal.UNKNOWN_GROUP);
        assertThat(billing.committed(0)).isNegative();
    }

    @Test
    void retriesForATopicThatIsGoneBecomeDeadLetters() {
        shard.topic("others", 1);
        shard.topic(RETRIES, 1);
        handOver("of others", "others");
        shard.<Boolean>ask(outcome -> StateCommands.deleteTopic("others", outcome));
        handOver("of nobody", "nobody");
        shard.advance(SWEPT_MS);
        assertThat(shard.read(DEAD_LETTERS)).containsExactlyInAnyOrder("of others", "of nobody");
        Consuming retries = new Consuming(shard, "billing", RETRIES);
        shard.advance(1_000);
        assertThat(retries.committed(0)).isEqualTo(2);
    }

    @Test
    void retriesThatNobodyTakesAreDoneOnceTheyAreGoneWithTheirPartOfTheLog() {
        shard.topic("others", 1);
        shard.topic(RETRIES, 1);
        shard.topic("filler", 1);
        handOver("of others", "others");
        long position = shard.shard().figures().committedPosition();
        for (int rounds = 0; shard.shard().figures().startPosition() <= position; rounds++) {
            assertThat(rounds).as("rounds of filling").isLessThan(200);
            for (int sent = 0; sent < 16; sent++) {
                shard.send("filler", "x".repeat(2_000));
            }
            shard.maintain();
            shard.advance(1_000);
        }
        Consuming retries = new Consuming(shard, "billing", RETRIES);
        shard.advance(SWEPT_MS);
        shard.advance(1_000);
        assertThat(retries.committed(0)).isEqualTo(1);
        assertThat(shard.shard().catalog().topic(DEAD_LETTERS)).isNull();
    }

    @Test
    void retriesThatNobodyTakesDoNotKeepThoseOfOtherTopicsAway() {
        shard.topic("others", 1);
        shard.topic(RETRIES, 1);
        int max = 4_096;
        for (int sent = 0; sent < max + 2; sent++) {
            shard.send(RETRIES, 0, "m" + sent, Map.of());
            if (sent % 256 == 0) {
                shard.work();
            }
        }
        shard.work();
        for (List<Held> some = billing.take(1_000); !some.isEmpty(); some = billing.take(1_000)) {
            some.forEach(held -> billing.handOver(held, "others"));
        }
        shard.advance(1_000);
        assertThat(shard.read(DEAD_LETTERS)).containsExactly("m" + max, "m" + (max + 1));
        shard.send(RETRIES, "mine");
        assertThat(Consuming.bodies(billing.take(8))).containsExactly("mine");
    }
}
