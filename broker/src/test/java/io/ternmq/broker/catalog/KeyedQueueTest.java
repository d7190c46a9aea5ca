package io.ternmq.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class KeyedQueueTest {
    @Property
    void aKeyHasOneQueueOfThoseThatThereAre(@ForAll String key, @ForAll @IntRange(min = 1, max = 65_535) int queues) {
        int queue = KeyedQueue.of(key, queues);
        assertThat(queue).isBetween(0, queues - 1).isEqualTo(KeyedQueue.of(key, queues));
    }

    @Property
    void oneMoreQueueTakesKeysAndMovesNoneBetweenTheOthers(
            @ForAll String key, @ForAll @IntRange(min = 1, max = 1_000) int queues) {
        int before = KeyedQueue.of(key, queues);
        assertThat(KeyedQueue.of(key, queues + 1)).isIn(before, queues);
    }

    @Test
    void keysAreSpreadOverAllQueues() {
        long used = IntStream.range(0, 1_000)
                .map(i -> KeyedQueue.of("order " + i, 8))
                .distinct()
                .count();
        assertThat(used).isEqualTo(8);
    }
}
