package io.ternmq.broker.lease;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a queue that wait to be handed out again: one line for all who take from the queue, and one for each topic
 * whose takers alone get some of them. A lease may have left its place while it stands in line: such a one is passed over.
 * Shard thread only.
 */
final class Lines {
    private final Deque<Lease> common = new ArrayDeque<>();
    private Map<String, Deque<Lease>> reserved = Map.of();

    /** Puts a lease at the end of its line, unless it stands there still. */
    void add(Lease lease) {
        if (!lease.isQueued()) {
            lease.queued(true);
            lineOf(lease.takers()).addLast(lease);
        }
    }

    private Deque<Lease> lineOf(@Nullable String takers) {
        if (takers == null) {
            return common;
        }
        if (reserved.isEmpty()) {
            reserved = new HashMap<>();
        }
        return reserved.computeIfAbsent(takers, topic -> new ArrayDeque<>());
    }

    /** @return whether some may be handed out to those who take from any topic at all */
    boolean hasCommon() {
        return hasSome(common);
    }

    /** @return whether some are for those who take from the topic only */
    boolean hasReserved(String topic) {
        Deque<Lease> line = reserved.get(topic);
        return line != null && hasSome(line);
    }

    /** @return whether some are for those who take from one topic only, whichever */
    boolean hasReserved() {
        return reserved.values().stream().anyMatch(Lines::hasSome);
    }

    private static boolean hasSome(Deque<Lease> line) {
        return line.stream().anyMatch(Lines::isInPlace);
    }

    /**
     * Takes from a line as long as those who stand there are wanted.
     *
     * @param topic whose takers the line is for; null for the one that is for all
     * @param wanted false ends it, and that one keeps its place
     */
    void take(@Nullable String topic, Predicate<Lease> wanted) {
        Deque<Lease> line = topic == null ? common : reserved.get(topic);
        if (line != null) {
            take(line, wanted);
            if (topic != null && line.isEmpty()) {
                reserved.remove(topic);
            }
        }
    }

    private static void take(Deque<Lease> line, Predicate<Lease> wanted) {
        Lease lease;
        while ((lease = line.peekFirst()) != null) {
            if (isInPlace(lease) && !wanted.test(lease)) {
                return;
            }
            line.pollFirst();
            lease.queued(false);
        }
    }

    /** @return the next of the line that is for all, out of line from now on; or null */
    @Nullable
    Lease pollCommon() {
        for (Lease lease = common.pollFirst(); lease != null; lease = common.pollFirst()) {
            lease.queued(false);
            if (isInPlace(lease)) {
                return lease;
            }
        }
        return null;
    }

    /** @return the topics whose takers have a line of their own */
    Collection<String> reservedTopics() {
        return List.copyOf(reserved.keySet());
    }

    /** Forgets those who have left their places. */
    void tidy() {
        tidy(common);
        reserved.values().forEach(Lines::tidy);
        reserved.values().removeIf(Deque::isEmpty);
    }

    private static void tidy(Deque<Lease> line) {
        line.removeIf(lease -> {
            boolean hasLeft = !isInPlace(lease);
            if (hasLeft) {
                lease.queued(false);
            }
            return hasLeft;
        });
    }

    private static boolean isInPlace(Lease lease) {
        return lease.place() == Lease.Place.IN_LINE;
    }

    void clear() {
        common.clear();
        reserved = Map.of();
    }
}
