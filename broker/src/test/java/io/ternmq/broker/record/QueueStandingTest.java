package io.ternmq.broker.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

class QueueStandingTest {
    private static QueueStanding standing(long markOffset, List<OpenMessage> open) {
        return new QueueStanding("billing", "orders", 0, 100, markOffset, 30_000, open);
    }

    private static List<OpenMessage> handedOut(List<Integer> offsets, int attempts) {
        return offsets.stream()
                .map(offset -> new OpenMessage(offset, attempts, 0))
                .toList();
    }

    @Test
    void aMarkWithoutRedeliveriesCopiesNothing() {
        QueueStanding noted = standing(100, handedOut(List.of(3, 7, 9), 1));
        QueueStanding marked = noted.with(standing(1_124, List.of()));
        assertThat(marked.markOffset()).isEqualTo(1_124);
        assertThat(marked.open()).isSameAs(noted.open());
    }

    @Property(tries = 300)
    void whatIsHandedOutAgainTakesItsPlaceAmongTheOthersInOrder(
            @ForAll @UniqueElements List<@IntRange(max = 60) Integer> before,
            @ForAll @UniqueElements List<@IntRange(max = 60) Integer> again) {
        TreeMap<Long, OpenMessage> expected = new TreeMap<>();
        handedOut(before, 1).forEach(message -> expected.put(message.offset(), message));
        handedOut(again, 2).forEach(message -> expected.put(message.offset(), message));
        QueueStanding merged = standing(100, handedOut(before, 1)).with(standing(1_124, handedOut(again, 2)));
        if (!again.isEmpty()) {
            assertThat(merged.open()).containsExactlyElementsOf(expected.values());
        }
    }
}
