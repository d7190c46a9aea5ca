package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.Consuming.Held;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.RetryPolicy;
import io.ternmq.broker.lease.ChangedLease;
import io.ternmq.broker.lease.LeaseAnswer;
import io.ternmq.log.LogSettings;
import io.ternmq.log.storage.FaultyDisk;
import io.ternmq.protocol.message.PropertyNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A group that takes by lease on a failing disk, all of it from one seed: over kills, power cuts and failed forces nobody
 * gets what another one holds, nothing stored is lost, and of what was acknowledged only the last second's comes again.
 */
final class LeaseLife {
    private static final String TOPIC = "orders";
    private static final int QUEUES = 2;
    private static final int KEYS = 3;
    private static final int RETRY_MAX = 3;
    private static final long LEASE_MS = 10_000;
    /** Progress is noted each second; a round and a timer's tick may come on top. */
    private static final long NOTED_MS = 1_100;

    private static final LogSettings SETTINGS = LogSettings.defaults()
            .withSizes(65_536, 16_384, 4_096)
            .withCheckpoint(new LogSettings.CheckpointEvery(30_000, 3_600_000));

    private record Holding(Held held, long untilMs) {}

    private final Random random;
    private final FaultyDisk disk;
    private final ShardFixture shard;
    private final Consuming group;
    private final Set<String> stored = new HashSet<>();
    /** The stored ones by queue and key. */
    private final Map<String, List<String>> inOrder = new HashMap<>();

    private final Map<String, Holding> holdings = new HashMap<>();
    private final Map<String, Long> acknowledgedMs = new HashMap<>();
    /** What must not come again: acknowledged, and either noted since, or there was no crash. */
    private final Set<String> done = new HashSet<>();

    /** Nobody was told what became of their acknowledgement. */
    private final Set<String> uncertain = new HashSet<>();

    private int nextBody;
    private long beginMs;

    LeaseLife(long seed) {
        random = new Random(seed);
        disk = new FaultyDisk(seed);
        shard = new ShardFixture(disk::root, SETTINGS);
        shard.topic(TOPIC, QUEUES);
        GroupConfig config =
                new GroupConfig("billing", true, true, false, 1, RETRY_MAX, true, Map.of(), RetryPolicy.CLASSIC);
        group = Consuming.of(shard, config, TOPIC);
        group.ordered = random.nextBoolean();
    }

    void run() {
        try (shard) {
            int lives = 2 + random.nextInt(4);
            for (int i = 0; i < lives; i++) {
                live();
                end();
            }
            takeTheRest();
        }
    }

    private void live() {
        beginMs = shard.clock.time();
        int steps = 10 + random.nextInt(80);
        int failingStep = random.nextInt(4) == 0 ? random.nextInt(steps + 1) : -1;
        for (int i = 0; i < steps; i++) {
            if (i == failingStep) {
                disk.failForceAfter(random.nextInt(3));
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
                stored.add(body);
                inOrder.computeIfAbsent(queueId + key, k -> new ArrayList<>()).add(body);
            }
        }
    }

    private void take(int countMax) {
        long nowMs = shard.clock.time();
        Consuming.Take take = group.ask(countMax, LEASE_MS, 0);
        if (take.refusal != null) {
            return;
        }
        if (group.ordered) {
            checkOrder(Consuming.bodies(take.held()));
        }
        for (Held held : take.held()) {
            Holding former = holdings.put(held.body(), new Holding(held, nowMs + LEASE_MS));
            if (former != null) {
                assertThat(former.untilMs).as("%s is held", held).isLessThanOrEqualTo(nowMs);
            }
            assertThat(done).as("acknowledged").doesNotContain(held.body());
            assertThat(held.attempts()).as("attempts of %s", held).isBetween(1, RETRY_MAX + 1);
        }
    }

    /** Whatever is given, what comes before it in its key is done, or given with it. */
    private void checkOrder(List<String> given) {
        Set<String> deadLetters = new HashSet<>(deadLetters());
        for (List<String> ofKey : inOrder.values()) {
            boolean allBeforeAreDone = true;
            for (String body : ofKey) {
                boolean isGiven = given.contains(body);
                if (isGiven) {
                    assertThat(allBeforeAreDone)
                            .as("%s of %s has its turn", body, ofKey)
                            .isTrue();
                }
                allBeforeAreDone &= isGiven
                        || acknowledgedMs.containsKey(body)
                        || uncertain.contains(body)
                        || deadLetters.contains(body);
            }
        }
    }

    private List<String> deadLetters() {
        String topic = Names.deadLetterTopic("billing");
        return shard.shard().catalog().topic(topic) == null ? List.of() : shard.read(topic);
    }

    private void acknowledge() {
        for (String body : new ArrayList<>(holdings.keySet())) {
            if (random.nextBoolean()) {
                Held held = holdings.get(body).held;
                ShardFixture.Answer<LeaseAnswer> answer =
                        shard.tell(outcome -> shard.shard().leases().acknowledge(group.handle(held), outcome));
                if (answer.result == LeaseAnswer.DONE) {
                    holdings.remove(body);
                    acknowledgedMs.put(body, shard.clock.time());
                    done.add(body);
                } else if (answer.refusal != null) {
                    uncertain.add(body);
                }
            }
        }
    }

    private void change() {
        List<String> bodies = new ArrayList<>(holdings.keySet());
        if (bodies.isEmpty()) {
            return;
        }
        String body = bodies.get(random.nextInt(bodies.size()));
        Held held = holdings.get(body).held;
        long forMs = 1L + random.nextInt(20_000);
        ShardFixture.Answer<ChangedLease> answer =
                shard.tell(outcome -> shard.shard().leases().change(group.handle(held), forMs, outcome));
        if (answer.result != null && answer.result.answer() == LeaseAnswer.DONE && answer.result.popTimeMs() > 0) {
            Held renewed = new Held(
                    held.topic(), held.queueId(), held.offset(), held.attempts(), answer.result.popTimeMs(), body);
            holdings.put(body, new Holding(renewed, 0)); // until when is not promised over a crash of the next second
        }
    }

    private void end() {
        long nowMs = shard.clock.time();
        boolean clean = false;
        switch (random.nextInt(3)) {
            case 0 -> disk.crash();
            case 1 -> disk.kill();
            default -> {
                shard.stopQuietly();
                clean = isWorking();
            }
        }
        if (!clean) {
            long notedMs = isWorking() ? nowMs - NOTED_MS : beginMs;
            done.removeIf(body -> acknowledgedMs.getOrDefault(body, 0L) >= notedMs);
        }
        disk.failForceAfter(Integer.MAX_VALUE);
        shard.events.clear();
        shard.reopenAfterCrash();
        shard.work();
    }

    /** A stopped shard notes nothing. */
    private boolean isWorking() {
        return shard.events.stream().noneMatch(event -> event.startsWith("stopped"));
    }

    private void takeTheRest() {
        Set<String> seen = new HashSet<>(acknowledgedMs.keySet());
        seen.addAll(uncertain);
        for (int rounds = 0; rounds < 6; rounds++) {
            for (List<Held> some = group.take(64); !some.isEmpty(); some = group.take(64)) {
                some.forEach(held -> seen.add(held.body()));
                some.forEach(held -> assertThat(done).doesNotContain(held.body()));
                group.acknowledge(some);
            }
            shard.advance(Consuming.INVISIBLE_MS);
        }
        seen.addAll(deadLetters());
        assertThat(seen).as("taken or a dead letter").containsAll(stored);
    }
}
