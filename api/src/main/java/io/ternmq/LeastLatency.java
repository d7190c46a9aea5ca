package io.ternmq;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Prefers brokers that answer fast. Those that are slow, or fail, are left alone for a while. */
final class LeastLatency implements QueueSelector {

    /** From this latency on a broker is left alone. */
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(550);

    /** So many times its latency, at most so long. */
    private static final int AVOID_FACTOR = 50;

    private static final long AVOID_MS_MAX = TimeUnit.MINUTES.toMillis(10);
    private static final long FAILED_AVOID_MS = TimeUnit.SECONDS.toMillis(30);

    /** How much of the average the newest latency is: one in so many. */
    private static final int SMOOTHING = 8;

    /** What was learned so long ago says nothing about now. */
    private static final long FORGET_MS = TimeUnit.SECONDS.toMillis(10);

    /** More than what any broker costs that is not avoided. */
    private static final long AVOIDED_COST = Long.SIZE;

    private static final int BROKERS_MAX = 1_024;

    private final InstantSource clock;
    private final ConcurrentHashMap<String, Experience> brokers = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();

    private record Experience(long averageNanos, long avoidUntilMs, long gainedMs) {}

    LeastLatency(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Partition select(Message message, List<Partition> partitions) {
        long nowMs = clock.millis();
        int start = Math.floorMod(next.getAndIncrement(), partitions.size());
        Partition best = partitions.get(start);
        long bestCost = cost(best, nowMs);
        for (int i = 1; i < partitions.size(); i++) {
            Partition other = partitions.get((start + i) % partitions.size());
            long cost = cost(other, nowMs);
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
        long nowMs = clock.millis();
        long average = known == null ? nanos : known.averageNanos + (nanos - known.averageNanos) / SMOOTHING;
        long avoidMs = 0;
        if (failed) {
            avoidMs = FAILED_AVOID_MS;
        } else if (nanos >= SLOW_NANOS) {
            avoidMs = Math.min(AVOID_MS_MAX, TimeUnit.NANOSECONDS.toMillis(nanos) * AVOID_FACTOR);
        }
        return new Experience(average, nowMs + avoidMs, nowMs);
    }

    /** What is avoided costs more than anything that is not; among brokers about as fast the turn decides. */
    private long cost(Partition partition, long nowMs) {
        Experience known = brokers.get(partition.broker());
        if (known == null) {
            return 0;
        }
        long avoidedMs = known.avoidUntilMs - nowMs;
        if (avoidedMs > 0) {
            return AVOIDED_COST + avoidedMs;
        }
        boolean isOld = nowMs - known.gainedMs >= FORGET_MS; // who was slow once gets another chance
        return isOld ? 0 : Long.SIZE - Long.numberOfLeadingZeros(known.averageNanos);
    }
}
