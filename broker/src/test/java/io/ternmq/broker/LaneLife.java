package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.Consuming.Held;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.RetryPolicy;
import io.ternmq.broker.lease.ChangedLease;
import io.ternmq.broker.lease.LeaseAnswer;
import io.ternmq.log.LogSettings;
import io.ternmq.log.storage.FaultyDisk;
import io.ternmq.protocol.message.PropertyNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A group with a base and two lanes whose consumers come, go and hang, over kills and power cuts, all of it from one seed:
 * nobody gets a message of a lane but its consumers while it surely has one, nobody gets what another one holds, the order of each
 * key holds across lanes, and each message stored is handled.
 */
final class LaneLife {
    private static final String TOPIC = "orders";
    private static final int QUEUES = 2;
    private static final int KEYS = 4;
    private static final int RETRY_MAX = 4;
    private static final long LEASE_MS = 10_000;
    private static final long ALIVE_MS = 30_000;
    /** Progress is noted each second; a round and a timer's tick may come on top. */
    private static final long NOTED_MS = 1_100;

    private static final List<String> LANES = List.of("", "", "blue", "green", "red");

    private static final LogSettings SETTINGS = LogSettings.defaults()
            .withSizes(65_536, 16_384, 4_096)
            .withCheckpoint(new LogSettings.CheckpointEvery(30_000, 3_600_000));

    /** A consumer, and until when its lane surely counts it as there. */
    private static final class Consumer {
        final Consuming consuming;
        long untilMs;

        Consumer(Consuming consuming) {
            this.consuming = consuming;
        }

        String lane() {
            return consuming.member.lane();
        }
    }

    private final Random random;
    private final FaultyDisk disk;
    private final ShardFixture shard;
    private final List<Consumer> consumers = new ArrayList<>();
    private final Map<String, String> laneOf = new HashMap<>();
    /** Who got it last. */
    private final Map<String, Consumer> takenBy = new HashMap<>();

    private final LeaseBook book;
    private int nextBody;
    private int handedToLanes;

    LaneLife(long seed) {
        random = new Random(seed);
        disk = new FaultyDisk(seed);
        shard = new ShardFixture(disk::root, SETTINGS);
        shard.topic(TOPIC, QUEUES);
        GroupConfig config =
                new GroupConfig("billing", true, true, false, 1, RETRY_MAX, true, Map.of(), RetryPolicy.CLASSIC);
        Consuming base = Consuming.of(shard, config, TOPIC);
        base.ordered = random.nextBoolean();
        book = new LeaseBook(shard, "billing", RETRY_MAX + 1, base.ordered);
        consumers.add(new Consumer(base));
        consumers.add(new Consumer(base.inLane("blue", "blue-1")));
        consumers.add(new Consumer(base.inLane("blue", "blue-2")));
        consumers.add(new Consumer(base.inLane("green", "green-1")));
    }

    /** @return how many messages were handed to consumers of lanes */
    int handedToLanes() {
        return handedToLanes;
    }

    void run() {
        try (shard) {
            int lives = 1 + random.nextInt(3);
            for (int i = 0; i < lives; i++) {
                for (int steps = 20 + random.nextInt(120); steps > 0; steps--) {
                    step();
                }
                end();
            }
            takeTheRest();
        }
    }

    private void step() {
        Consumer consumer = consumers.get(random.nextInt(consumers.size()));
        switch (random.nextInt(10)) {
            case 0, 1 -> send();
            case 2, 3, 4 -> take(consumer, 1 + random.nextInt(8));
            case 5 -> acknowledge(consumer);
            case 6 -> change();
            case 7 -> shard.maintain();
            case 8 -> shard.advance(random.nextInt(random.nextInt(6) == 0 ? 40_000 : 4_000));
            default -> maybeLeave(consumer);
        }
    }

    private void send() {
        for (int i = random.nextInt(8); i >= 0; i--) {
            String lane = LANES.get(random.nextInt(LANES.size()));
            String body = "m" + nextBody++;
            int queueId = random.nextInt(QUEUES);
            String key = "k" + random.nextInt(KEYS);
            Map<String, String> properties = new HashMap<>(Map.of(PropertyNames.SHARDING_KEY, key));
            if (!lane.isEmpty()) {
                properties.put(PropertyNames.LANE, lane);
            }
            ShardFixture.Sent sent = shard.send(TOPIC, queueId, body, properties);
            shard.work();
            assertThat(sent.stored).isTrue();
            laneOf.put(body, lane);
            book.stored(queueId, key, body);
        }
    }

    private void take(Consumer by, int countMax) {
        long nowMs = shard.clock.time();
        by.untilMs = nowMs + ALIVE_MS;
        List<Held> taken = by.consuming.ask(countMax, LEASE_MS, 0).held();
        taken.forEach(held -> checkSide(by, held, nowMs));
        book.handedOut(taken, LEASE_MS);
        taken.forEach(held -> takenBy.put(held.body(), by));
    }

    private void checkSide(Consumer by, Held held, long nowMs) {
        String lane = laneOf.getOrDefault(held.body(), "");
        if (by.lane().isEmpty()) {
            assertThat(isSurelyAlive(lane, nowMs))
                    .as("%s of lane '%s' came to the base", held, lane)
                    .isFalse();
        } else {
            assertThat(lane).as("lane of %s", held).isEqualTo(by.lane());
            handedToLanes++;
        }
    }

    private boolean isSurelyAlive(String lane, long nowMs) {
        return !lane.isEmpty()
                && consumers.stream().anyMatch(each -> each.lane().equals(lane) && each.untilMs > nowMs);
    }

    private void acknowledge(Consumer by) {
        for (String body : book.held()) {
            if (takenBy.get(body) == by
                    && random.nextBoolean()
                    && by.consuming.acknowledge(book.held(body)) == LeaseAnswer.DONE) {
                book.acknowledged(body);
            }
        }
    }

    private void change() {
        List<String> bodies = book.held();
        if (bodies.isEmpty()) {
            return;
        }
        String body = bodies.get(random.nextInt(bodies.size()));
        ChangedLease changed = takenBy.get(body).consuming.change(book.held(body), 1L + random.nextInt(20_000));
        if (changed.answer() == LeaseAnswer.DONE && changed.popTimeMs() > 0) {
            book.renewed(body, changed.popTimeMs());
        }
    }

    /** It says so, or is never heard of again until it takes. */
    private void maybeLeave(Consumer consumer) {
        if (!consumer.lane().isEmpty() && random.nextInt(3) == 0) {
            consumer.consuming.leave();
            consumer.untilMs = 0;
        }
    }

    private void end() {
        long nowMs = shard.clock.time();
        boolean clean = false;
        switch (random.nextInt(3)) {
            case 0 -> disk.crash();
            case 1 -> disk.kill();
            default -> {
                shard.stop();
                clean = true;
            }
        }
        if (!clean) {
            book.crashed(nowMs - NOTED_MS);
        }
        shard.reopenAfterCrash();
        shard.work();
        consumers.forEach(consumer -> consumer.untilMs = 0);
    }

    /** The base alone is left, and gets all that is not done. */
    private void takeTheRest() {
        consumers.stream().filter(each -> !each.lane().isEmpty()).forEach(each -> each.consuming.leave());
        Consuming base = consumers.get(0).consuming;
        shard.advance(ALIVE_MS + LEASE_MS + 20_000);
        book.takeTheRest(base, 8);
    }
}
