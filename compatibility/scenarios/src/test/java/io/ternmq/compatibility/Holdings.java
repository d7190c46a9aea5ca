package io.ternmq.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Which consumer in order held which message from when to when, in this process and in others, by the machine's clock. Thread-safe. */
final class Holdings {
    private final Set<Begun> open = ConcurrentHashMap.newKeySet();
    private final List<Holding> done = new CopyOnWriteArrayList<>();

    private record Begun(String consumer, Deliveries.Place place, long beginMs) {}

    private record Holding(String consumer, Deliveries.Place place, long beginMs, long endMs) {
        int queueId() {
            return place.queueId();
        }

        long offset() {
            return place.offset();
        }
    }

    /** A consumer was given a message. */
    void begin(String consumer, Deliveries.Place place, long nowMs) {
        open.add(new Begun(consumer, place, nowMs));
    }

    /** It is through with it. */
    void end(String consumer, Deliveries.Place place, long nowMs) {
        for (Begun begun : List.copyOf(open)) {
            if (begun.consumer.equals(consumer) && begun.place.equals(place) && open.remove(begun)) {
                done.add(new Holding(consumer, place, begun.beginMs, nowMs));
            }
        }
    }

    /** It is no more, and so holds nothing. */
    void gone(String consumer, long nowMs) {
        open.stream()
                .filter(begun -> begun.consumer.equals(consumer))
                .map(Begun::place)
                .toList()
                .forEach(place -> end(consumer, place, nowMs));
    }

    /** How many messages the consumer is through with. */
    int countOf(String consumer) {
        return (int) done.stream()
                .filter(holding -> holding.consumer.equals(consumer))
                .count();
    }

    /** The queues of which the consumer held messages. */
    Set<Integer> queuesOf(String consumer) {
        return done.stream()
                .filter(holding -> holding.consumer.equals(consumer))
                .map(Holding::queueId)
                .collect(Collectors.toSet());
    }

    /** How many different messages of a queue somebody is through with. */
    long countOf(int queueId) {
        return done.stream()
                .filter(holding -> holding.queueId() == queueId)
                .map(Holding::offset)
                .distinct()
                .count();
    }

    /**
     * No message of the queue was held while another was. Each holder took its messages one after the other, but for the one that
     * it held when it lost the queue and that was its first when it had it again. Where another consumer went on, it began with
     * what was not reported as consumed, at the latest with the next.
     */
    void assertInOrderByOneAtATime(int queueId) {
        List<Holding> ofQueue = done.stream()
                .filter(holding -> holding.queueId() == queueId)
                .sorted(Comparator.comparingLong(Holding::beginMs).thenComparingLong(Holding::offset))
                .toList();
        assertThat(ofQueue).isNotEmpty();
        long most = -1;
        for (int i = 0; i < ofQueue.size(); i++) {
            Holding now = ofQueue.get(i);
            Holding before = i == 0 ? null : ofQueue.get(i - 1);
            if (before != null) {
                assertThat(now.beginMs)
                        .as("one holder at a time: %s and %s", before, now)
                        .isGreaterThanOrEqualTo(before.endMs);
            }
            if (before != null && before.consumer.equals(now.consumer)) {
                assertThat(now.offset())
                        .as("one after the other: %s and %s", before, now)
                        .isBetween(before.offset(), before.offset() + 1);
            }
            assertThat(now.offset()).as("none is passed over: %s", now).isBetween(0L, most + 1);
            most = Math.max(most, now.offset());
        }
        assertThat(ofQueue.stream().map(Holding::offset).collect(Collectors.toSet()))
                .containsAll(LongStream.rangeClosed(0, most).boxed().toList());
    }
}
