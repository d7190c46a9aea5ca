package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.Consuming.Held;
import io.ternmq.broker.catalog.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a test knows of a group that takes by lease: what is stored, who holds what until when, what is done. By it each hand-out is checked: nobody
 * gets what another one holds, nor what is done, and a key's messages come in their order.
 */
final class LeaseBook {
    private record Holding(Held held, long untilMs) {}

    private final ShardFixture shard;
    private final String group;
    private final int attemptsMax;
    private final boolean ordered;
    private final Set<String> stored = new HashSet<>();
    /** The stored ones by queue and key. */
    private final Map<String, List<String>> inOrder = new HashMap<>();

    private final Map<String, Holding> holdings = new HashMap<>();
    private final Map<String, Long> acknowledgedMs = new HashMap<>();
    /** What must not come again: acknowledged, and either noted since, or there was no crash. */
    private final Set<String> done = new HashSet<>();
    /** Nobody was told what became of their acknowledgement. */
    private final Set<String> uncertain = new HashSet<>();

    /** @param ordered whether messages of a key come one after the other */
    LeaseBook(ShardFixture shard, String group, int attemptsMax, boolean ordered) {
        this.shard = shard;
        this.group = group;
        this.attemptsMax = attemptsMax;
        this.ordered = ordered;
    }

    void stored(int queueId, String key, String body) {
        stored.add(body);
        inOrder.computeIfAbsent(queueId + key, k -> new ArrayList<>()).add(body);
    }

    /** Notes what somebody got, and checks it. */
    void handedOut(List<Held> taken, long leaseMs) {
        long nowMs = shard.clock.time();
        if (ordered) {
            checkOrder(Consuming.bodies(taken));
        }
        for (Held held : taken) {
            Holding former = holdings.put(held.body(), new Holding(held, nowMs + leaseMs));
            if (former != null) {
                assertThat(former.untilMs).as("%s is held", held).isLessThanOrEqualTo(nowMs);
            }
            assertThat(done).as("acknowledged").doesNotContain(held.body());
            assertThat(held.attempts()).as("attempts of %s", held).isBetween(1, attemptsMax);
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
        String topic = Names.deadLetterTopic(group);
        return shard.shard().catalog().topic(topic) == null ? List.of() : shard.read(topic);
    }

    /** What somebody holds; a copy. */
    List<String> held() {
        return new ArrayList<>(holdings.keySet());
    }

    Held held(String body) {
        return holdings.get(body).held;
    }

    void acknowledged(String body) {
        holdings.remove(body);
        acknowledgedMs.put(body, shard.clock.time());
        done.add(body);
    }

    /** It was to be acknowledged, and nobody said what came of it. */
    void uncertain(String body) {
        uncertain.add(body);
    }

    /** Its lease has another deadline, which is not promised over a crash of the next second. */
    void renewed(String body, long popTimeMs) {
        Held held = held(body);
        holdings.put(
                body,
                new Holding(
                        new Held(held.topic(), held.queueId(), held.offset(), held.attempts(), popTimeMs, body), 0));
    }

    /** Acknowledgements from then on may be forgotten. */
    void crashed(long notedMs) {
        done.removeIf(body -> acknowledgedMs.getOrDefault(body, 0L) >= notedMs);
    }

    /** Checks that all that was stored is done, is taken now by the one who is left, or is a dead letter. */
    void takeTheRest(Consuming by, int rounds) {
        Set<String> seen = new HashSet<>(acknowledgedMs.keySet());
        seen.addAll(uncertain);
        for (int i = 0; i < rounds; i++) {
            for (List<Held> some = by.take(64); !some.isEmpty(); some = by.take(64)) {
                some.forEach(held -> seen.add(held.body()));
                some.forEach(held -> assertThat(done).doesNotContain(held.body()));
                by.acknowledge(some);
            }
            shard.advance(Consuming.INVISIBLE_MS);
        }
        seen.addAll(deadLetters());
        assertThat(seen).as("taken or a dead letter").containsAll(stored);
    }
}
