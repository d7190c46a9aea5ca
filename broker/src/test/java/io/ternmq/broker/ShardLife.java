package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.ShardSettings.Flush;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.delay.DelayLevels;
import io.ternmq.broker.delay.DelayRule;
import io.ternmq.broker.record.CommittedOffset;
import io.ternmq.log.storage.FaultyDisk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A shard's life on a failing disk, all of it from one seed: sends, delays, commits, kills, power cuts, failed forces and
 * writes, a full disk, flipped bits. It forces before it answers, or later: then a power cut may take what was not forced.
 */
final class ShardLife {
    private static final String TOPIC = "orders";
    private static final String LATER = "later";
    private static final int QUEUES = 3;
    private static final long FORCED_MS = 1_000;

    private final Random random;
    private final FaultyDisk disk;
    private final ShardFixture shard;
    private final DiskTroubles troubles;
    private final boolean lateForces;
    private final Map<String, ShardFixture.Sent> sends = new HashMap<>();
    private final List<List<String>> acknowledged = new ArrayList<>();
    /** So many of each queue's are on the disk for sure. */
    private final int[] forcedCounts = new int[QUEUES];

    private final Set<String> delayed = new HashSet<>();
    private final Set<String> forcedDelayed = new HashSet<>();
    private long committedOffset = -1;
    private long forcedOffset = -1;
    private int nextBody;
    private boolean hasFailed;
    private int damagedCount;

    ShardLife(long seed) {
        random = new Random(seed);
        disk = new FaultyDisk(seed);
        shard = ShardFaultTest.fixture(disk);
        troubles = new DiskTroubles(random, disk, shard);
        lateForces = random.nextInt(3) == 0;
    }

    void run() {
        try (shard) {
            if (lateForces) {
                shard.flushing(Flush.ASYNC);
            }
            shard.topic(TOPIC, QUEUES);
            shard.topic(LATER, 1);
            for (int queueId = 0; queueId < QUEUES; queueId++) {
                acknowledged.add(new ArrayList<>());
            }
            letBeForced();
            int lives = 2 + random.nextInt(3);
            for (int i = 0; i < lives; i++) {
                live();
                end();
                check();
            }
            shard.advance(DelayLevels.delayMs(3));
            shard.advance(1_000);
            checkDelayed(true);
        }
    }

    private void live() {
        int steps = random.nextInt(40);
        int failingStep = random.nextInt(5) == 0 ? random.nextInt(steps + 1) : -1;
        hasFailed = failingStep >= 0;
        boolean isFullAtTimes = random.nextInt(3) == 0;
        for (int i = 0; i < steps; i++) {
            if (i == failingStep) {
                troubles.fail();
            }
            if (isFullAtTimes && random.nextInt(5) == 0) {
                troubles.changeRoom();
            }
            step();
        }
    }

    private void step() {
        switch (random.nextInt(9)) {
            case 0 -> shard.maintain();
            case 1 -> shard.advance(random.nextInt(8_000));
            case 2 -> sendDelayed();
            case 3 -> commit();
            case 4 -> letBeForced();
            default -> sendSome();
        }
    }

    /** What was acknowledged before is forced now, unless the shard has stopped or waits for room. */
    private void letBeForced() {
        shard.advance(FORCED_MS);
        shard.maintain();
        if (shard.isForced()) {
            noteForced();
        }
    }

    private void noteForced() {
        for (int queueId = 0; queueId < QUEUES; queueId++) {
            forcedCounts[queueId] = acknowledged.get(queueId).size();
        }
        forcedDelayed.addAll(delayed);
        forcedOffset = committedOffset;
    }

    private void sendSome() {
        List<String> bodies = new ArrayList<>();
        List<Integer> queueIds = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            String body = nextBody++ + "x".repeat(random.nextInt(400));
            int queueId = random.nextInt(QUEUES);
            sends.put(body, shard.send(TOPIC, queueId, body, Map.of()));
            bodies.add(body);
            queueIds.add(queueId);
        }
        shard.work();
        for (int i = 0; i < bodies.size(); i++) {
            if (sends.get(bodies.get(i)).stored) {
                acknowledged.get(queueIds.get(i)).add(bodies.get(i));
            }
        }
    }

    private void sendDelayed() {
        int level = 1 + random.nextInt(3);
        String body = "d" + nextBody++;
        Map<String, String> properties = new HashMap<>();
        DelayRule.delay(properties, LATER, 0, level);
        ShardFixture.Sent sent = shard.send(Names.SCHEDULE_TOPIC, DelayLevels.queueId(level), body, properties);
        shard.work();
        if (sent.stored) {
            delayed.add(body);
        }
    }

    private void commit() {
        CommittedOffset offset = new CommittedOffset("billing", TOPIC, 0, committedOffset + 1);
        ShardFixture.Answer<List<CommittedOffset>> answer =
                shard.tell(outcome -> StateCommands.resetOffsets(List.of(offset), outcome));
        if (answer.result != null) {
            committedOffset++;
        }
    }

    /** A power cut, a kill or a clean stop, and another start. */
    private void end() {
        switch (random.nextInt(3)) {
            case 0 -> crash();
            case 1 -> {
                disk.kill();
                flipSome();
            }
            default -> {
                shard.stop(disk);
                flipSome();
            }
        }
        troubles.end();
        shard.reopenAfterCrash();
        shard.work();
    }

    private void crash() {
        disk.crash();
        if (lateForces) {
            for (int queueId = 0; queueId < QUEUES; queueId++) {
                List<String> known = acknowledged.get(queueId);
                known.subList(forcedCounts[queueId], known.size()).clear();
            }
            delayed.retainAll(forcedDelayed);
            committedOffset = forcedOffset;
        }
    }

    /** Only of what is known to be forced: a tail with a flipped bit looks torn. */
    private void flipSome() {
        int count = hasFailed ? 0 : random.nextInt(4) - 1;
        for (int i = 0; i < count; i++) {
            int queueId = random.nextInt(QUEUES);
            List<String> known = acknowledged.get(queueId);
            int forcedCount = lateForces ? forcedCounts[queueId] : known.size();
            if (forcedCount > 0) {
                troubles.flip(sends.get(known.remove(random.nextInt(forcedCount))));
                forcedCounts[queueId] = Math.max(0, forcedCount - 1);
                damagedCount++;
            }
        }
    }

    private void check() {
        for (int queueId = 0; queueId < QUEUES; queueId++) {
            List<String> found = shard.read(TOPIC, queueId);
            assertThat(found).doesNotHaveDuplicates();
            List<String> known = new ArrayList<>(found);
            known.retainAll(Set.copyOf(acknowledged.get(queueId)));
            assertThat(known)
                    .as("queue %d: acknowledged messages, in order", queueId)
                    .isEqualTo(acknowledged.get(queueId));
            acknowledged.set(queueId, new ArrayList<>(found)); // what is there now stays there
        }
        long offset = shard.<Long>ask(
                outcome -> StateCommands.readProgress(progress -> progress.get("billing", TOPIC, 0), outcome));
        if (lateForces) {
            assertThat(offset).as("committed offset").isGreaterThanOrEqualTo(committedOffset);
        } else {
            assertThat(offset).as("committed offset").isBetween(committedOffset, committedOffset + 1);
        }
        committedOffset = offset;
        checkDelayed(false);
        noteForced();
    }

    /** @return how many messages were damaged, and found to be gone alone */
    int damagedCount() {
        return damagedCount;
    }

    private void checkDelayed(boolean all) {
        List<String> found = shard.read(LATER);
        assertThat(found).as("delayed messages").doesNotHaveDuplicates();
        if (all) {
            Set<String> missing = new HashSet<>(delayed);
            missing.removeAll(found);
            assertThat(missing).as("delayed messages that never came").isEqualTo(Collections.emptySet());
        }
    }
}
