package io.ternmq;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Prefers brokers that answer fast. Those that are slow, or fail, are left alone for a while. */
final class LeastLatency implements QueueSelector {

    /** From this latency on a broker is left alone. */
    private static final long SLOW_NANOS = 550_000_000L;

    /** So many times its latency, at most so long. */
    private static final int AVOID_FACTOR = 50;

    private static final long AVOID_NANOS_MAX = 600_000_000_000L;
    private static final long FAILED_AVOID_NANOS = 30_000_000_000L;

    /** How much of the average the newest latency is: one in so many. */
    private static final int SMOOTHING = 8;

    /** What was learned so long ago says nothing about now. */
    private static final long FORGET_NANOS = 10_000_000_000L;

    private static final int BROKERS_MAX = 1_024;

    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<String, Experience> brokers = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();

    private record Experience(long averageNanos, long avoidUntilNanos, long gainedNanos) {}

    LeastLatency(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public Partition select(Message message, List<Partition> partitions) {
        long now = nanoTime.getAsLong();
        int start = Math.floorMod(next.getAndIncrement(), partitions.size());
        Partition best = partitions.get(start);
        long bestCost = cost(best, now);
        for (int i = 1; i < partitions.size(); i++) {
            Partition other = partitions.get((start + i) % partitions.size());
            long cost = cost(other, now);
            if (cost < bestCost) {
                best = other;
                bestCost = cost;
            }
        }
        return best;
    }

    @Override
    public void sent(Partition partition, long nanos, boolean failed) {
        if (brokers.size() >= BROKERS_MAX) {
            brokers.clear();
        }
        brokers.compute(partition.broker(), (broker, known) -> updated(known, nanos, failed));
    }

    private Experience updated(@Nullable Experience known, long nanos, boolean failed) {
        long now = nanoTime.getAsLong();
        long average = known == null ? nanos : known.averageNanos + (nanos - known.averageNanos) / SMOOTHING;
        long avoidNanos = 0;
        if (failed) {
            avoidNanos = FAILED_AVOID_NANOS;
        } else if (nanos >= SLOW_NANOS) {
            avoidNanos = Math.min(AVOID_NANOS_MAX, nanos * AVOID_FACTOR);
        }
        return new Experience(average, now + avoidNanos, now);
    }

    /** What is avoided costs more than anything that is not; among brokers about as fast the turn decides. */
    private long cost(Partition partition, long now) {
        Experience known = brokers.get(partition.broker());
        if (known == null) {
            return 0;
        }
        long avoided = Math.max(0, known.avoidUntilNanos - now);
        if (avoided > 0) {
            return AVOID_NANOS_MAX + avoided;
        }
        boolean isOld = now - known.gainedNanos >= FORGET_NANOS; // who was slow once gets another chance
        return isOld ? 0 : Long.SIZE - Long.numberOfLeadingZeros(known.averageNanos);
    }
}
