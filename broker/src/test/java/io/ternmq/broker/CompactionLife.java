package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.ShardSettings.Flush;
import io.ternmq.log.LogSettings;
import io.ternmq.log.storage.FaultyDisk;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.PropertyNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A compacted topic on a failing disk whose log keeps little, all of it from one seed: of each key the newest message is
 * there after every life, at the offset it was given, over kills, power cuts, failed forces and writes, a full disk, lost index files and retention.
 */
final class CompactionLife {
    private static final String TOPIC = "state";
    private static final int QUEUES = 2;
    private static final int KEYS = 25;
    private static final String NOTHING = "";
    private static final LogSettings SETTINGS = LogSettings.defaults()
            .withSizes(32_768, 16_384, 4_096)
            .withSpace(new LogSettings.Retain(3_600_000, 130_000), 1 << 20)
            .withCheckpoint(new LogSettings.CheckpointEvery(20_000, 3_600_000))
            .withKeyRunEntries(255);

    private final Random random;
    private final FaultyDisk disk;
    private final ShardFixture shard;
    private final DiskTroubles troubles;
    /** Then a power cut may take what was acknowledged, so there is none. */
    private final boolean lateForces;
    /** Which values may be a key's newest: the last one acknowledged, and those sent since of which nobody knows. */
    private final Map<String, Set<String>> newest = new TreeMap<>();

    private final List<Map<Long, String>> valueAt = new ArrayList<>();
    private int nextValue;
    private int movedCount;
    private int goneCount;

    CompactionLife(long seed) {
        random = new Random(seed);
        disk = new FaultyDisk(seed);
        shard = new ShardFixture(disk::root, SETTINGS);
        troubles = new DiskTroubles(random, disk, shard);
        lateForces = random.nextInt(3) == 0;
    }

    void run() {
        try (shard) {
            if (lateForces) {
                shard.flushing(Flush.ASYNC);
            }
            shard.topic(TOPIC, QUEUES, random.nextBoolean() ? "COMPACTION" : "compact");
            shard.topic("filler", 1);
            for (int queueId = 0; queueId < QUEUES; queueId++) {
                valueAt.add(new HashMap<>());
            }
            int lives = 2 + random.nextInt(4);
            for (int i = 0; i < lives; i++) {
                live();
                end();
                check();
            }
        }
    }

    /** @return how many messages were found behind a later one of their queue */
    int movedCount() {
        return movedCount;
    }

    /** @return how many messages were found to be gone */
    int goneCount() {
        return goneCount;
    }

    private void live() {
        int steps = 20 + random.nextInt(200);
        int failingStep = random.nextInt(4) == 0 ? random.nextInt(steps + 1) : -1;
        boolean isFullAtTimes = random.nextInt(3) == 0;
        for (int i = 0; i < steps; i++) {
            if (i == failingStep) {
                troubles.fail();
            }
            if (isFullAtTimes && random.nextInt(10) == 0) {
                troubles.changeRoom();
            }
            step();
        }
    }

    private void step() {
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> put();
            case 3, 4 -> fill();
            case 5 -> shard.maintain();
            case 6 -> readOn();
            default -> advance();
        }
    }

    /** Now and then until the next look at retention, or a moment: a step of what it does. */
    private void advance() {
        shard.advance(random.nextInt(3) == 0 ? 10_000 : random.nextInt(30));
        for (int i = random.nextInt(40); i > 0; i--) {
            shard.maintain(); // a checkpoint takes many
            shard.work();
        }
    }

    private void fill() {
        for (int i = random.nextInt(10); i >= 0; i--) {
            shard.send("filler", 0, "x".repeat(2_000), Map.of());
        }
        shard.work();
    }

    private void put() {
        for (int i = random.nextInt(6); i >= 0; i--) {
            int queueId = random.nextInt(QUEUES);
            // some keys are written often, some once
            String key = "key " + Math.min(random.nextInt(KEYS), random.nextInt(KEYS)) + "@" + queueId;
            String value = random.nextInt(12) == 0 ? NOTHING : nextValue++ + "v".repeat(random.nextInt(600));
            ShardFixture.Sent sent = shard.send(TOPIC, queueId, value, Map.of(PropertyNames.KEYS, key));
            shard.work();
            Set<String> values = newest.computeIfAbsent(key, unused -> new TreeSet<>(Set.of(NOTHING)));
            if (sent.stored) {
                values.clear();
                valueAt.get(queueId).put(sent.message(0).queueOffset(), value);
            }
            values.add(value);
        }
    }

    private void readOn() {
        for (int queueId = 0; queueId < QUEUES; queueId++) {
            assertThat(shard.read(TOPIC, queueId, record -> checked(record, TOPIC)))
                    .as("each message at its offset")
                    .doesNotContain("");
        }
    }

    private void end() {
        switch (random.nextInt(3)) {
            case 0 -> cut();
            case 1 -> disk.kill();
            default -> shard.stop(disk);
        }
        troubles.end();
        if (random.nextInt(3) == 0) {
            disk.paths().stream().filter(path -> path.startsWith("index/")).forEach(disk::lose);
        }
        shard.reopenAfterCrash();
        shard.work();
    }

    private void cut() {
        if (lateForces) {
            disk.kill();
        } else {
            disk.crash();
        }
    }

    private void check() {
        Map<String, String> found = new TreeMap<>();
        for (int queueId = 0; queueId < QUEUES; queueId++) {
            Set<Long> offsets = new TreeSet<>();
            List<Long> positions = shard.read(TOPIC, queueId, record -> {
                offsets.add(record.queueOffset());
                found.put(checked(record, TOPIC), body(record));
                return record.position();
            });
            for (int i = 1; i < positions.size(); i++) {
                movedCount += positions.get(i) < positions.get(i - 1) ? 1 : 0;
            }
            goneCount += (int) valueAt.get(queueId).keySet().stream()
                    .filter(offset -> !offsets.contains(offset))
                    .count();
        }
        newest.forEach((key, values) -> {
            String value = found.getOrDefault(key, NOTHING);
            assertThat(values).as("newest value of %s", key).contains(value);
            values.clear();
            values.add(value); // what is there now stays there
        });
    }

    /** @return the key of a message that is what was stored at its offset */
    private String checked(MessageRecord record, String topic) {
        assertThat(record.topic()).isEqualTo(topic);
        String known = valueAt.get(record.queueId()).putIfAbsent(record.queueOffset(), body(record));
        assertThat(known).isIn(null, body(record));
        return String.valueOf(record.property(PropertyNames.KEYS));
    }

    private static String body(MessageRecord record) {
        return new String(record.body(), StandardCharsets.UTF_8);
    }
}
