package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.transaction.TransactionEnd;
import io.ternmq.broker.transaction.TransactionEnd.Verdict;
import io.ternmq.log.LogSettings;
import io.ternmq.log.storage.FaultyDisk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Transactions on a failing disk whose log keeps little, all of it from one seed: what was acknowledged as decided stays
 * decided, what was not stays undecided, over kills, power cuts, failed forces and writes, a full disk and retention.
 */
final class TransactionLife {
    private static final String TOPIC = "orders";
    private static final LogSettings SETTINGS = LogSettings.defaults()
            .withSizes(65_536, 16_384, 4_096)
            .withSpace(new LogSettings.Retain(3_600_000, 200_000), 1 << 20)
            .withCheckpoint(new LogSettings.CheckpointEvery(30_000, 3_600_000));

    private final Random random;
    private final FaultyDisk disk;
    private final ShardFixture shard;
    private final DiskTroubles troubles;
    private final TreeMap<String, ShardFixture.Sent> undecided = new TreeMap<>();
    /** Nobody was told what became of these. */
    private final TreeMap<String, ShardFixture.Sent> uncertain = new TreeMap<>();

    private final Set<String> neverSeen = new HashSet<>();
    /** Up to where the log was when a message was committed. */
    private final Map<String, Long> committed = new HashMap<>();

    private int nextBody;
    private long firstPositionKept;

    TransactionLife(long seed) {
        random = new Random(seed);
        disk = new FaultyDisk(seed);
        shard = new ShardFixture(disk::root, SETTINGS);
        troubles = new DiskTroubles(random, disk, shard);
    }

    void run() {
        try (shard) {
            shard.topic(TOPIC, 1);
            shard.topic("filler", 1);
            int lives = 2 + random.nextInt(4);
            for (int i = 0; i < lives; i++) {
                live();
                troubles.endLife();
                check();
            }
            decideAll();
            check();
        }
    }

    /** @return where the log began at the end of its lives */
    long firstPositionKept() {
        return firstPositionKept;
    }

    private void live() {
        int steps = 10 + random.nextInt(60);
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
        }
    }

    private void step() {
        switch (random.nextInt(8)) {
            case 0, 1 -> prepare();
            case 2 -> decide(random.nextBoolean() ? Verdict.COMMIT : Verdict.ROLL_BACK);
            case 3, 4 -> fill();
            case 5 -> shard.maintain();
            default -> shard.advance(random.nextInt(4_000));
        }
    }

    private void fill() {
        for (int i = random.nextInt(10); i >= 0; i--) {
            shard.send("filler", 0, "x".repeat(2_000), Map.of());
        }
        shard.work();
    }

    private void prepare() {
        String body = "m" + nextBody++ + "x".repeat(random.nextInt(300));
        ShardFixture.Sent half = shard.prepare(TOPIC, body);
        if (half.stored) {
            undecided.put(body, half);
        } else {
            neverSeen.add(body);
        }
    }

    private void decide(Verdict verdict) {
        List<String> bodies = new ArrayList<>(undecided.keySet());
        if (!bodies.isEmpty()) {
            String body = bodies.get(random.nextInt(bodies.size()));
            decide(body, undecided.remove(body), verdict);
        }
    }

    private void decide(String body, ShardFixture.Sent half, Verdict verdict) {
        long position = shard.shard().figures().committedPosition();
        ShardFixture.Answer<TransactionEnd> answer = shard.end(half, verdict);
        if (answer.refusal == Refusal.STOPPED || (answer.refusal == null && answer.result == null)) {
            uncertain.put(body, half);
        } else if (answer.refusal == Refusal.DISK_FULL) {
            undecided.put(body, half);
        } else {
            assertThat(answer.refusal)
                    .as("%s of %s: %s", verdict, body, answer.detail)
                    .isNull();
            if (verdict == Verdict.COMMIT) {
                committed.put(body, position);
            } else {
                neverSeen.add(body);
            }
        }
    }

    private void check() {
        List<String> seen = shard.read(TOPIC);
        long start = shard.shard().figures().startPosition();
        firstPositionKept = start;
        assertThat(seen).as("seen").doesNotHaveDuplicates();
        assertThat(seen).as("seen").noneMatch(body -> neverSeen.contains(body) || undecided.containsKey(body));
        committed.forEach((body, position) -> {
            if (position >= start) {
                assertThat(seen).as("committed").contains(body);
            }
        });
        assertThat(shard.events).noneMatch(event -> event.startsWith("lost"));
    }

    private void decideAll() {
        shard.advance(10_000);
        shard.maintain();
        Set<String> givenUp = new HashSet<>();
        if (shard.shard().catalog().topic(Names.GIVEN_UP_TOPIC) != null) {
            givenUp.addAll(
                    shard.read(Names.GIVEN_UP_TOPIC, 0, record -> new String(record.body(), StandardCharsets.UTF_8)));
        }
        Map<String, ShardFixture.Sent> left = new TreeMap<>(undecided);
        undecided.clear();
        left.forEach((body, half) -> {
            if (givenUp.contains(body)) {
                assertThat(shard.end(half, Verdict.COMMIT).refusal).isEqualTo(Refusal.UNKNOWN_TRANSACTION);
            } else {
                decide(body, half, Verdict.COMMIT);
            }
        });
        assertThat(undecided).as("still undecided").isEmpty();
        uncertain.forEach((body, half) ->
                assertThat(shard.end(half, Verdict.ROLL_BACK).refusal).isIn(null, Refusal.UNKNOWN_TRANSACTION));
    }
}
