package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

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

/** A shard's life on a failing disk, all of it from one seed: sends, delays, commits, kills, power cuts, failed forces. */
final class ShardLife {
    private static final String TOPIC = "orders";
    private static final String LATER = "later";
    private static final int QUEUES = 3;

    private final Random random;
    private final FaultyDisk disk;
    private final ShardFixture shard;
    private final List<List<String>> acknowledged = new ArrayList<>();
    private final Set<String> delayed = new HashSet<>();
    private long committedOffset = -1;
    private int nextBody;

    ShardLife(long seed) {
        random = new Random(seed);
        disk = new FaultyDisk(seed);
        shard = ShardFaultTest.fixture(disk);
    }

    void run() {
        try (shard) {
            shard.topic(TOPIC, QUEUES);
            shard.topic(LATER, 1);
            for (int queueId = 0; queueId < QUEUES; queueId++) {
                acknowledged.add(new ArrayList<>());
            }
            int lives = 2 + random.nextInt(3);
            for (int i = 0; i < lives; i++) {
                live();
                shard.endLife(random, disk);
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
        for (int i = 0; i < steps; i++) {
            if (i == failingStep) {
                disk.failForceAfter(random.nextInt(3));
            }
            step();
        }
    }

    private void step() {
        switch (random.nextInt(8)) {
            case 0 -> shard.maintain();
            case 1 -> shard.advance(random.nextInt(8_000));
            case 2 -> sendDelayed();
            case 3 -> commit();
            default -> sendSome();
        }
    }

    private void sendSome() {
        List<ShardFixture.Sent> batch = new ArrayList<>();
        List<Integer> queueIds = new ArrayList<>();
        List<String> bodies = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            String body = nextBody++ + "x".repeat(random.nextInt(400));
            int queueId = random.nextInt(QUEUES);
            batch.add(shard.send(TOPIC, queueId, body, Map.of()));
            queueIds.add(queueId);
            bodies.add(body);
        }
        shard.work();
        for (int i = 0; i < batch.size(); i++) {
            if (batch.get(i).stored) {
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
        if (answer.refusal == null) {
            committedOffset++;
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
        assertThat(offset).as("committed offset").isBetween(committedOffset, committedOffset + 1);
        committedOffset = offset;
        checkDelayed(false);
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
