package io.ternmq.broker;

import io.ternmq.broker.Consuming.Held;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.RetryPolicy;
import io.ternmq.broker.lease.ChangedLease;
import io.ternmq.broker.lease.LeaseAnswer;
import io.ternmq.log.LogSettings;
import io.ternmq.log.storage.FaultyDisk;
import io.ternmq.protocol.message.PropertyNames;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A group that takes by lease on a failing disk, all of it from one seed: over kills, power cuts, failed forces and writes and a full disk nobody
 * gets what another one holds, nothing stored is lost, and of what was acknowledged only the last second's comes again.
 */
final class LeaseLife {
    private static final String TOPIC = "orders";
    private static final int QUEUES = 2;
    private static final int KEYS = 3;
    private static final int RETRY_MAX = 3;
    private static final long LEASE_MS = 10_000;

    private static final LogSettings SETTINGS = LogSettings.defaults()
            .withSizes(65_536, 16_384, 4_096)
            .withCheckpoint(new LogSettings.CheckpointEvery(30_000, 3_600_000));

    private final Random random;
    private final FaultyDisk disk;
    private final ShardFixture shard;
    private final DiskTroubles troubles;
    private final Consuming group;
    private final LeaseBook book;
    private int nextBody;
    private long beginMs;

    LeaseLife(long seed) {
        random = new Random(seed);
        disk = new FaultyDisk(seed);
        shard = new ShardFixture(disk::root, SETTINGS);
        troubles = new DiskTroubles(random, disk, shard);
        shard.topic(TOPIC, QUEUES);
        GroupConfig config =
                new GroupConfig("billing", true, true, false, 1, RETRY_MAX, true, Map.of(), RetryPolicy.CLASSIC);
        group = Consuming.of(shard, config, TOPIC);
        group.ordered = random.nextBoolean();
        book = new LeaseBook(shard, "billing", RETRY_MAX + 1, group.ordered);
    }

    void run() {
        try (shard) {
            int lives = 2 + random.nextInt(4);
            for (int i = 0; i < lives; i++) {
                live();
                end();
            }
            book.takeTheRest(group, 6);
        }
    }

    private void live() {
        beginMs = shard.clock.time();
        int steps = 10 + random.nextInt(80);
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
            case 0, 1 -> send();
            case 2, 3 -> take(1 + random.nextInt(8));
            case 4 -> acknowledge();
            case 5 -> change();
            case 6 -> shard.maintain();
            default -> shard.advance(random.nextInt(4_000));
        }
    }

    private void send() {
        for (int i = random.nextInt(6); i >= 0; i--) {
            String body = "m" + nextBody++;
            int queueId = random.nextInt(QUEUES);
            String key = "k" + random.nextInt(KEYS);
            ShardFixture.Sent sent = shard.send(TOPIC, queueId, body, Map.of(PropertyNames.SHARDING_KEY, key));
            shard.work();
            if (sent.stored) {
                book.stored(queueId, key, body);
            }
        }
    }

    private void take(int countMax) {
        Consuming.Take take = group.ask(countMax, LEASE_MS, 0);
        if (take.refusal == null) {
            book.handedOut(take.held(), LEASE_MS);
        }
    }

    private void acknowledge() {
        for (String body : book.held()) {
            if (random.nextBoolean()) {
                Held held = book.held(body);
                ShardFixture.Answer<LeaseAnswer> answer =
                        shard.tell(outcome -> shard.shard().leases().acknowledge(group.handle(held), outcome));
                if (answer.result == LeaseAnswer.DONE) {
                    book.acknowledged(body);
                } else if (answer.result == null) {
                    book.uncertain(body);
                }
            }
        }
    }

    private void change() {
        List<String> bodies = book.held();
        if (bodies.isEmpty()) {
            return;
        }
        String body = bodies.get(random.nextInt(bodies.size()));
        Held held = book.held(body);
        long forMs = 1L + random.nextInt(20_000);
        ShardFixture.Answer<ChangedLease> answer =
                shard.tell(outcome -> shard.shard().leases().change(group.handle(held), forMs, outcome));
        if (answer.result != null && answer.result.answer() == LeaseAnswer.DONE && answer.result.popTimeMs() > 0) {
            book.renewed(body, answer.result.popTimeMs());
        }
    }

    private void end() {
        long notedMs = troubles.notedMs();
        boolean clean = false;
        switch (random.nextInt(3)) {
            case 0 -> disk.crash();
            case 1 -> disk.kill();
            default -> {
                shard.stopQuietly();
                clean = isWorking() && !troubles.isShort();
            }
        }
        if (!clean) {
            book.crashed(isWorking() ? notedMs : beginMs);
        }
        troubles.end();
        shard.events.clear();
        shard.reopenAfterCrash();
        shard.work();
    }

    /** A stopped shard notes nothing. */
    private boolean isWorking() {
        return shard.events.stream().noneMatch(event -> event.startsWith("stopped"));
    }
}
