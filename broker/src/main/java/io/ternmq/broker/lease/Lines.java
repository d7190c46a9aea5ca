package io.ternmq.broker.lease;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a queue that wait to be handed out again, or wait for those they are for: one line for each audience. A lease
 * may have left its place while it stands in line: such a one is passed over. Shard thread only.
 */
final class Lines {
    private final List<Line> lines = new ArrayList<>(1);

    private record Line(Audience audience, Deque<Lease> leases) {
        /** @return who is first of those that are in place, or null */
        @Nullable
        Lease first() {
            Lease lease = leases.peekFirst();
            while (lease != null && !isInPlace(lease)) {
                removeFirst();
                lease = leases.peekFirst();
            }
            return lease;
        }

        void removeFirst() {
            leases.removeFirst().queued(false);
        }
    }

    /** Puts a lease at the end of its line, unless it stands in one still. */
    void add(Lease lease) {
        if (!lease.isQueued()) {
            lease.queued(true);
            lineOf(lease.audience()).leases.addLast(lease);
        }
    }

    private Line lineOf(Audience audience) {
        for (Line line : lines) {
            if (line.audience.equals(audience)) {
                return line;
            }
        }
        Line line = new Line(audience, new ArrayDeque<>());
        lines.add(line);
        return line;
    }

    /** @return how many audiences have lines */
    int count() {
        return lines.size();
    }

    /** @return whether there is somebody in a line of such an audience */
    boolean hasSome(Predicate<Audience> audience) {
        return next(audience) != null;
    }

    /**
     * Takes from the lines of some audiences, those with the lowest offsets first, as long as they are wanted.
     *
     * @param wanted false ends it, and that one keeps its place
     */
    void take(Predicate<Audience> audience, Predicate<Lease> wanted) {
        for (Line line = next(audience); line != null; line = next(audience)) {
            Lease lease = line.leases.getFirst();
            if (!wanted.test(lease)) {
                return;
            }
            if (lease == line.leases.peekFirst()) {
                line.removeFirst();
            }
        }
    }

    /** @return the next of the lines of some audiences, out of line from now on; or null */
    @Nullable
    Lease poll(Predicate<Audience> audience) {
        Line line = next(audience);
        if (line == null) {
            return null;
        }
        Lease lease = line.leases.getFirst();
        line.removeFirst();
        return lease;
    }

    /** @return the line whose first, who is in place, has the lowest offset */
    private @Nullable Line next(Predicate<Audience> audience) {
        Line next = null;
        long lowest = Long.MAX_VALUE;
        for (Line line : lines) {
            Lease first = line.leases.isEmpty() || !audience.test(line.audience) ? null : line.first();
            if (first != null && first.offset() < lowest) {
                next = line;
                lowest = first.offset();
            }
        }
        return next;
    }

    /** @return the topics whose takers alone get what is in some line */
    List<String> takers() {
        return lines.stream()
                .map(line -> line.audience.takers())
                .filter(topic -> topic != null)
                .distinct()
                .toList();
    }

    /** Forgets those who have left their places, and lines in which nobody stands. */
    void tidy() {
        lines.forEach(line -> tidy(line.leases));
        lines.removeIf(line -> line.leases.isEmpty());
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
        lines.clear();
    }
}
