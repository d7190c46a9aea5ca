package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.log.LogSettings;
import io.ternmq.log.storage.FaultyDisk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The timers of a shard with a short retention on a failing disk, all of it from one seed: sends, recalls, jumps of the
 * clock, kills, power cuts, failed forces and writes, a full disk. Deliveries are watched after every step.
 */
final class TimerLife {
    private static final String TOPIC = "orders";
    private static final String FILL = "fill";
    private static final long[] DELAYS_MS = {
        3_000, 3_000, 90_000, TimeUnit.HOURS.toMillis(3), TimeUnit.DAYS.toMillis(30)
    };
    private static final LogSettings SETTINGS = LogSettings.defaults()
            .withSizes(16_384, 8_192, 4_096)
            .withSpace(new LogSettings.Retain(60_000, Long.MAX_VALUE), 1 << 20)
            .withCheckpoint(new LogSettings.CheckpointEvery(16_384, 600_000));

    private final Random random;
    private final FaultyDisk disk;
    private final ShardFixture shard;
    private final DiskTroubles troubles;
    private final Map<String, Long> dueMs = new HashMap<>();
    private final Set<String> acknowledged = new HashSet<>();
    private final Set<String> recalled = new HashSet<>();
    private final Set<String> delivered = new HashSet<>();
    private long nextOffset;
    private long latestMs;
    private int nextBody;

    TimerLife(long seed) {
        random = new Random(seed);
        disk = new FaultyDisk(seed);
        shard = new ShardFixture(disk::root, SETTINGS);
        troubles = new DiskTroubles(random, disk, shard);
        latestMs = shard.clock.time();
    }

    void run() {
        try (shard) {
            shard.topic(TOPIC, 1);
            shard.topic(FILL, 1);
            int lives = 2 + random.nextInt(4);
            for (int i = 0; i < lives; i++) {
                live();
                troubles.endLife();
                watch();
            }
            go(TimeUnit.DAYS.toMillis(31));
            shard.maintain();
            go(1_000);
            checkAll();
        }
    }

    private void live() {
        int steps = random.nextInt(60);
        int failingStep = random.nextInt(4) == 0 ? random.nextInt(steps + 1) : -1;
        boolean isFullAtTimes = random.nextInt(3) == 0;
        for (int i = 0; i < steps; i++) {
            if (i == failingStep) {
                troubles.fail();
            }
            if (isFullAtTimes && random.nextInt(6) == 0) {
                troubles.changeRoom();
            }
            step();
            watch();
        }
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0 -> shard.maintain();
            case 1, 2 -> go(random.nextInt(2_500));
            case 3 -> go(random.nextInt(100_000));
            case 4 -> jump();
            case 5, 6 -> recall();
            case 7, 8 -> fill();
            default -> sendSome();
        }
    }

    private void go(long millis) {
        shard.clock.advance(millis);
        latestMs = Math.max(latestMs, shard.shard().timeMs());
        shard.work();
        watch();
    }

    private void jump() {
        switch (random.nextInt(4)) {
            case 0 -> go(TimeUnit.HOURS.toMillis(random.nextInt(5)));
            case 1 -> {
                shard.clock.step(-random.nextInt(20_000));
                go(random.nextInt(2_500));
            }
            case 2 -> go(TimeUnit.DAYS.toMillis(random.nextInt(13)));
            default -> go(0);
        }
    }

    private void sendSome() {
        List<String> bodies = new ArrayList<>();
        List<ShardFixture.Sent> sent = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            String body = nextBody++ + "x".repeat(random.nextInt(600));
            int delayMs = (int) (DELAYS_MS[random.nextInt(DELAYS_MS.length)] / 1_000);
            long due = Math.max(latestMs, shard.shard().timeMs())
                    + 1
                    + 1_000L * random.nextInt(delayMs)
                    + random.nextInt(1_000);
            dueMs.put(body, due);
            bodies.add(body);
            sent.add(shard.sendTimed(TOPIC, 0, body, due));
        }
        shard.work();
        for (int i = 0; i < sent.size(); i++) {
            if (sent.get(i).stored) {
                acknowledged.add(bodies.get(i));
            }
        }
    }

    private void recall() {
        if (dueMs.isEmpty()) {
            return;
        }
        List<String> bodies = new ArrayList<>(dueMs.keySet());
        Collections.sort(bodies);
        String body = bodies.get(random.nextInt(bodies.size()));
        long due = dueMs.get(body);
        ShardFixture.Answer<Integer> answer = shard.tell(outcome -> shard.recallCommand(TOPIC, body, due, outcome));
        Integer count = answer.result;
        watch();
        if (count != null && count > 0) {
            assertThat(delivered).as("recalled before it came").doesNotContain(body);
            recalled.add(body);
        } else if (count != null && acknowledged.contains(body) && !recalled.contains(body)) {
            assertThat(delivered).as("not to be recalled, since it came").contains(body);
        } else if (count == null) {
            dueMs.remove(body); // cancelled or not: nobody was told
            acknowledged.remove(body);
        }
    }

    private void fill() {
        for (int i = random.nextInt(10); i >= 0; i--) {
            ShardFixture.Sent unused = shard.send(FILL, "y".repeat(3_000));
        }
    }

    private void watch() {
        latestMs = Math.max(latestMs, shard.shard().timeMs());
        for (String body : shard.readFrom(TOPIC, 0, nextOffset)) {
            nextOffset++;
            assertThat(delivered.add(body)).as("comes once: " + body).isTrue();
            assertThat(recalled).as("does not come when recalled").doesNotContain(body);
            Long due = dueMs.get(body);
            assertThat(due == null || due <= latestMs)
                    .as("is not early: due in %d ms", due == null ? 0 : due - latestMs)
                    .isTrue();
        }
    }

    private void checkAll() {
        Set<String> missing = new HashSet<>(acknowledged);
        missing.removeAll(delivered);
        missing.removeAll(recalled);
        assertThat(missing).as("never came").isEqualTo(Set.of());
        assertThat(shard.pendingTimers()).isEqualTo(Map.of());
    }
}
