package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.command.Refusal;
import io.ternmq.log.LogSettings;
import io.ternmq.log.storage.FaultyDisk;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Shards on failing disks. {@code -Dternmq.seeds=2000} says how many seeded lives there are, {@code -Dternmq.seed=17}
 * replays one.
 */
class ShardFaultTest {
    private static final long SEED = 1;
    private static final LogSettings SETTINGS = LogSettings.defaults().withSizes(65_536, 16_384, 4_096);

    @Test
    void aFailedForceStopsTheShardAndWhatWasAcknowledgedBeforeIsThereAfterARestart() {
        FaultyDisk disk = new FaultyDisk(SEED);
        try (ShardFixture shard = fixture(disk)) {
            shard.topic("orders", 1);
            shard.send("orders", "kept");

            disk.failForceAfter(0);
            ShardFixture.Sent failed = shard.send("orders", "unknown");
            ShardFixture.Sent late = shard.send("orders", "late");

            assertThat(failed.refusal).isEqualTo(Refusal.STOPPED);
            assertThat(late.refusal).isEqualTo(Refusal.STOPPED);
            assertThat(shard.read("orders")).containsExactly("kept");
            assertThat(shard.events).anyMatch(event -> event.startsWith("stopped"));

            disk.crash();
            shard.reopenAfterCrash();
            assertThat(shard.read("orders")).startsWith("kept").doesNotContain("late");
        }
    }

    @Test
    void aFullDiskRefusesWritesWhileReadsGoOnAndTakesThemAgainWhenThereIsRoom() {
        FaultyDisk disk = new FaultyDisk(SEED);
        try (ShardFixture shard = fixture(disk)) {
            shard.topic("orders", 1);
            shard.send("orders", "first");
            disk.capacity(disk.usedBytes() + SETTINGS.reserveBytes() / 2);
            shard.advance(1_000);

            ShardFixture.Sent refused = sendUntilRefused(shard);
            assertThat(refused.refusal).isEqualTo(Refusal.DISK_FULL);
            assertThat(shard.read("orders")).contains("first");

            disk.capacity(disk.usedBytes() + SETTINGS.reserveBytes() * 2);
            shard.maintain();
            shard.advance(10_000);
            shard.maintain();
            assertThat(shard.send("orders", "again").stored).isTrue();
            assertThat(shard.read("orders")).endsWith("again");
        }
    }

    @Test
    void whateverTheDiskDoesNothingAcknowledgedIsLostAndNothingComesTwice() {
        AtomicLong damaged = new AtomicLong();
        seeds().forEach(seed -> live(seed, () -> {
            ShardLife life = new ShardLife(seed);
            life.run();
            damaged.addAndGet(life.damagedCount());
        }));
        assertThat(damaged.get()).as("messages that a flipped bit took").isPositive();
    }

    @Test
    void whateverTheDiskDoesAndRetentionTakesTheDecidedStaysDecidedAndTheUndecidedUndecided() {
        AtomicLong trimmed = new AtomicLong();
        seeds().forEach(seed -> live(seed, () -> {
            TransactionLife life = new TransactionLife(seed);
            life.run();
            trimmed.addAndGet(life.firstPositionKept());
        }));
        assertThat(trimmed.get()).as("retention took something").isPositive();
    }

    @Test
    void whateverTheDiskDoesEveryTimerComesOnceUnlessItWasRecalled() {
        seeds().forEach(seed -> live(seed, () -> new TimerLife(seed).run()));
    }

    @Test
    void whateverTheDiskDoesALeaseHasOneHolderAndNothingLeasedIsLost() {
        seeds().forEach(seed -> live(seed, () -> new LeaseLife(seed).run()));
    }

    @Test
    void whateverTheDiskDoesAndWhoeverComesAndGoesALanesMessagesAreItsConsumers() {
        AtomicLong handedToLanes = new AtomicLong();
        seeds().forEach(seed -> live(seed, () -> {
            LaneLife life = new LaneLife(seed);
            life.run();
            handedToLanes.addAndGet(life.handedToLanes());
        }));
        assertThat(handedToLanes.get()).as("messages handed to lanes").isPositive();
    }

    @Test
    void whateverTheDiskDoesTheNewestMessageOfEachKeyIsThereAtItsOffset() {
        AtomicLong moved = new AtomicLong();
        AtomicLong gone = new AtomicLong();
        seeds().forEach(seed -> live(seed, () -> {
            CompactionLife life = new CompactionLife(seed);
            life.run();
            moved.addAndGet(life.movedCount());
            gone.addAndGet(life.goneCount());
        }));
        assertThat(moved.get()).as("messages that were moved").isPositive();
        assertThat(gone.get()).as("messages that were compacted away").isPositive();
    }

    private static LongStream seeds() {
        Long only = Long.getLong("ternmq.seed");
        return only == null ? LongStream.range(0, Long.getLong("ternmq.seeds", 40)) : LongStream.of(only);
    }

    private static void live(long seed, Runnable life) {
        try {
            life.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("replay with -Dternmq.seed=" + seed + ": " + e.getMessage(), e);
        }
    }

    private static ShardFixture.Sent sendUntilRefused(ShardFixture shard) {
        String body = "x".repeat(1_000);
        for (int i = 0; i < 1_000; i++) {
            ShardFixture.Sent sent = shard.send("orders", 0, body, Map.of());
            shard.work();
            if (!sent.stored) {
                return sent;
            }
        }
        throw new AssertionError("the disk never became full");
    }

    static ShardFixture fixture(FaultyDisk disk) {
        return new ShardFixture(disk::root, SETTINGS);
    }
}
