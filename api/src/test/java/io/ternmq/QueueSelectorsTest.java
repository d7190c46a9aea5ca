package io.ternmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueueSelectorsTest {

    private static final List<Partition> PARTITIONS = IntStream.range(0, 6)
            .mapToObj(i -> new Partition("orders", "broker-" + i % 2, i / 2))
            .toList();

    private final Message plain = Message.to("orders");

    @Test
    void inTurnVisitsAll() {
        QueueSelector selector = QueueSelectors.inTurn();
        Set<Partition> seen = new HashSet<>();
        for (int i = 0; i < PARTITIONS.size(); i++) {
            seen.add(selector.select(plain, PARTITIONS));
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(PARTITIONS);
    }

    @Test
    void oneKeyHasOnePartitionAndManyKeysHaveAll() {
        QueueSelector selector = QueueSelectors.byKeyOrInTurn();
        Set<Partition> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            Message message = plain.key("customer-" + i);
            Partition chosen = selector.select(message, PARTITIONS);
            assertThat(selector.select(message, PARTITIONS)).isEqualTo(chosen);
            seen.add(chosen);
        }
        assertThat(seen).hasSameSizeAs(PARTITIONS);
    }

    @Test
    void theOrderingGroupCountsMoreThanTheKey() {
        QueueSelector selector = QueueSelectors.byKey();
        Partition chosen = selector.select(plain.orderingGroup("g").key("a"), PARTITIONS);
        assertThat(selector.select(plain.orderingGroup("g").key("b"), PARTITIONS))
                .isEqualTo(chosen);
    }

    @Test
    void aSlowOrFailingBrokerIsLeftAloneForAWhile() {
        AtomicLong nowMs = new AtomicLong();
        QueueSelector selector = new LeastLatency(() -> Instant.ofEpochMilli(nowMs.get()));
        PARTITIONS.forEach(partition -> selector.sent(partition, 1_000_000, false));
        selector.sent(PARTITIONS.get(0), 5_000_000, true);
        for (int i = 0; i < 12; i++) {
            assertThat(selector.select(plain, PARTITIONS).broker()).isEqualTo("broker-1");
        }
        nowMs.addAndGet(Duration.ofMinutes(1).toMillis());
        Set<String> brokers = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            brokers.add(selector.select(plain, PARTITIONS).broker());
        }
        assertThat(brokers).containsExactlyInAnyOrder("broker-0", "broker-1");
    }

    @Test
    void whereAllAreAvoidedTheOneThatComesBackFirstIsTaken() {
        AtomicLong nowMs = new AtomicLong();
        QueueSelector selector = new LeastLatency(() -> Instant.ofEpochMilli(nowMs.get()));
        selector.sent(PARTITIONS.get(0), 1_000_000, true);
        nowMs.addAndGet(Duration.ofSeconds(5).toMillis());
        selector.sent(PARTITIONS.get(1), 1_000_000, true);
        assertThat(selector.select(plain, PARTITIONS).broker()).isEqualTo("broker-0");
    }
}
