package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.ShardSettings.Flush;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.RetryPolicy;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.delay.DelayLevels;
import io.ternmq.broker.delay.DelayRule;
import io.ternmq.broker.record.CommittedOffset;
import io.ternmq.broker.transaction.TransactionEnd;
import io.ternmq.broker.transaction.TransactionEnd.Verdict;
import io.ternmq.log.LogSettings;
import io.ternmq.log.storage.FaultyDisk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that somebody else has filled, reserve and all: nothing stops, and everything goes on once there is room. */
class FullDiskTest {
    private static final long PLENTY = Long.MAX_VALUE / 2;
    private static final long RESERVE = LogSettings.defaults().reserveBytes();

    private final FaultyDisk disk = new FaultyDisk(1);

    @ParameterizedTest
    @EnumSource
    void progressWaitsUntilThereIsRoom(Flush flush) {
        try (ShardFixture shard = fixture(flush)) {
            shard.topic("orders", 1);
            shard.send("orders", "first");
            fill(shard);

            shard.<CommittedOffset>ask(outcome -> StateCommands.reportOffset(offset(1), outcome));
            shard.advance(5_000);
            assertThat(committed(shard)).isEqualTo(1);
            assertThat(shard.events).isEmpty();

            empty(shard);
            disk.kill();
            shard.reopenAfterCrash();
            assertThat(committed(shard)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatNeedsARecordIsRefusedAndReadsGoOn(Flush flush) {
        try (ShardFixture shard = fixture(flush)) {
            shard.topic("orders", 1);
            shard.send("orders", "first");
            ShardFixture.Sent half = shard.prepare("orders", "half");
            Consuming group = group(shard);
            fill(shard);

            assertThat(shard.send("orders", "refused").refusal).isEqualTo(Refusal.DISK_FULL);
            ShardFixture.Answer<Topic> topic =
                    shard.tell(outcome -> StateCommands.putTopic(TopicConfig.of("bills", 1), outcome));
            assertThat(topic.refusal).isEqualTo(Refusal.DISK_FULL);
            assertThat(topic.detail).contains("disk: full").contains("expected: room");
            ShardFixture.Answer<List<CommittedOffset>> reset =
                    shard.tell(outcome -> StateCommands.resetOffsets(List.of(offset(1)), outcome));
            assertThat(reset.refusal).isEqualTo(Refusal.DISK_FULL);
            ShardFixture.Answer<TransactionEnd> end = shard.end(half, Verdict.ROLL_BACK);
            assertThat(end.refusal).isEqualTo(Refusal.DISK_FULL);
            assertThat(group.ask(1, 30_000, 0).refusal).isEqualTo(Refusal.DISK_FULL);
            assertThat(shard.read("orders")).containsExactly("first");

            empty(shard);
            shard.topic("bills", 1);
            assertThat(shard.send("orders", "second").stored).isTrue();
            assertThat(shard.end(half, Verdict.COMMIT).refusal).isNull();
            assertThat(Consuming.bodies(group.take(3))).containsExactly("first", "second", "half");
            assertThat(shard.events).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatComesDueWaitsUntilThereIsRoom(Flush flush) {
        try (ShardFixture shard = fixture(flush)) {
            shard.topic("later", 1);
            Map<String, String> properties = new HashMap<>();
            DelayRule.delay(properties, "later", 0, 1);
            shard.send(Names.SCHEDULE_TOPIC, DelayLevels.queueId(1), "delayed", properties);
            shard.sendTimed("later", 0, "timed", shard.clock.time() + 2_500);
            shard.work();
            fill(shard);

            shard.advance(4_000);
            assertThat(shard.read("later")).isEmpty();

            empty(shard);
            assertThat(shard.read("later")).containsExactlyInAnyOrder("delayed", "timed");
            assertThat(shard.events).isEmpty();
        }
    }

    @Test
    void aTakerThatWaitsIsToldAndCounted() {
        try (ShardFixture shard = fixture(Flush.SYNC)) {
            shard.topic("orders", 1);
            Consuming group = group(shard);
            Consuming.Take waiting = group.ask(1, 30_000, 10_000);
            fill(shard);

            shard.advance(11_000);
            assertThat(waiting.answered || waiting.refusal == Refusal.DISK_FULL).isTrue();

            empty(shard);
            shard.send("orders", "first");
            assertThat(Consuming.bodies(group.take(1))).containsExactly("first");
        }
    }

    @ParameterizedTest
    @EnumSource
    void withLessThanTheReserveOnlyClientsMessagesAreRefused(Flush flush) {
        try (ShardFixture shard = fixture(flush)) {
            shard.topic("orders", 1);
            shard.topic("later", 1);
            Consuming group = group(shard);
            shard.send("orders", "first");
            shard.sendTimed("later", 0, "timed", shard.clock.time() + 2_500);
            shard.work();
            disk.capacity(disk.usedBytes() + RESERVE / 2);
            shard.advance(1_000);
            shard.maintain();

            assertThat(shard.send("orders", "refused").refusal).isEqualTo(Refusal.DISK_FULL);
            assertThat(Consuming.bodies(group.take(1))).containsExactly("first");
            shard.topic("bills", 1);
            shard.advance(4_000);
            assertThat(shard.read("later")).containsExactly("timed");
            assertThat(shard.events).isEmpty();
        }
    }

    /** The file system was asked a moment ago. */
    @Test
    void whatSomebodyElseTookTheRoomOfIsAnsweredWhenItIsWritten() {
        try (ShardFixture shard = fixture(Flush.ASYNC)) {
            shard.topic("orders", 1);
            shard.send("orders", "first");
            disk.capacity(disk.usedBytes());
            ShardFixture.Sent second = shard.send("orders", "second".repeat(10_000));
            assertThat(second.stored).isFalse();
            assertThat(second.refusal).isNull();
            assertThat(shard.read("orders")).containsExactly("first");

            shard.advance(5_000);
            assertThat(second.stored).isFalse();
            assertThat(shard.send("orders", "refused").refusal).isEqualTo(Refusal.DISK_FULL);
            ShardFixture.Answer<Topic> topic =
                    shard.tell(outcome -> StateCommands.putTopic(TopicConfig.of("bills", 1), outcome));
            assertThat(topic.refusal).isEqualTo(Refusal.DISK_FULL);

            disk.capacity(PLENTY);
            shard.advance(1_000);
            assertThat(second.stored).isTrue();
            assertThat(shard.send("orders", "third").stored).isTrue();
            assertThat(shard.events).isEmpty();
            disk.kill();
            shard.reopenAfterCrash();
            assertThat(shard.read("orders")).hasSize(3).startsWith("first").endsWith("third");
        }
    }

    @Test
    void whatWasNotWrittenIsRefusedWhenTheShardIsClosed() {
        try (ShardFixture shard = fixture(Flush.ASYNC)) {
            shard.topic("orders", 1);
            shard.send("orders", "first");
            disk.capacity(disk.usedBytes());
            ShardFixture.Sent second = shard.send("orders", "second".repeat(10_000));

            shard.stopQuietly();
            assertThat(second.refusal).isEqualTo(Refusal.STOPPED);

            disk.capacity(PLENTY);
            shard.reopenAfterCrash();
            assertThat(shard.read("orders")).containsExactly("first");
        }
    }

    @Test
    void zerosAreKeptForControlRecordsBeforeTheReserveIsGone() {
        try (ShardFixture shard = fixture(Flush.ASYNC)) {
            shard.topic("orders", 1);
            shard.send("orders", "first");
            disk.capacity(disk.usedBytes() + RESERVE / 2);
            for (int i = 0; i < 10; i++) {
                shard.advance(1_000);
                shard.maintain();
            }
            shard.topic("prices", 1);
            disk.capacity(disk.usedBytes());
            shard.advance(1_000);

            shard.topic("bills", 1);
            assertThat(shard.events).isEmpty();
            assertThat(shard.send("orders", "refused").refusal).isEqualTo(Refusal.DISK_FULL);
        }
    }

    private ShardFixture fixture(Flush flush) {
        LogSettings log = LogSettings.defaults();
        LogSettings settings = log.withSizes(1 << 20, flush == Flush.SYNC ? 16_384 : 0, 4_096);
        return new ShardFixture(disk::root, settings).flushing(flush);
    }

    private static Consuming group(ShardFixture shard) {
        return Consuming.of(
                shard,
                new GroupConfig("billing", true, true, false, 1, 3, true, Map.of(), RetryPolicy.CLASSIC),
                "orders");
    }

    /** Nothing is left, and the shard has had the time to notice. */
    private void fill(ShardFixture shard) {
        disk.capacity(disk.usedBytes());
        shard.clock.advance(500);
    }

    private void empty(ShardFixture shard) {
        disk.capacity(PLENTY);
        shard.advance(1_000);
        shard.maintain();
        shard.advance(1_000);
    }

    private static CommittedOffset offset(long offset) {
        return new CommittedOffset("billing", "orders", 0, offset);
    }

    private static long committed(ShardFixture shard) {
        return shard.<Long>ask(
                outcome -> StateCommands.readProgress(progress -> progress.get("billing", "orders", 0), outcome));
    }
}
