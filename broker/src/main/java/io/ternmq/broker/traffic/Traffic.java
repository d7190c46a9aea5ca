package io.ternmq.broker.traffic;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.agrona.concurrent.EpochClock;
import org.jspecify.annotations.Nullable;

/**
 * Counts what clients send and are given, by topic and by group. Figures begin at the start of the process. Thread-safe.
 *
 * <p>At most {@link #METERS_MAX} ways are measured, about a kilobyte each. At that bound those are forgotten that were
 * not used for a day; what is new then and finds no room is counted in the totals only.
 */
public final class Traffic {
    static final int METERS_MAX = 4_096;
    /** Looking for ways that nobody uses any more takes milliseconds. */
    private static final long FORGET_EVERY_MS = 60_000;

    private final EpochClock clock;
    private final ConcurrentHashMap<Way, Meter> meters = new ConcurrentHashMap<>();
    private final AtomicLong nextForgetMs = new AtomicLong();
    private final Meter allSent = new Meter();
    private final Meter allGiven = new Meter();
    private final LongAdder sentCount = new LongAdder();
    private final LongAdder givenCount = new LongAdder();

    /** @param clock says when something went */
    public Traffic(EpochClock clock) {
        this.clock = clock;
    }

    /** Which way messages go. */
    public enum Direction {
        /** From producers into a topic. */
        SENT,
        /** From a topic to a group. */
        GIVEN,
        /** From a group, which could not handle them, to be given again. */
        HANDED_BACK
    }

    private record Way(Direction direction, String topic, String group) {}

    /** A request brought messages into a topic. */
    public void sent(String topic, int messages, long bytes) {
        long nowMs = clock.time();
        sentCount.add(messages);
        allSent.add(messages, bytes, nowMs);
        add(new Way(Direction.SENT, topic, ""), messages, bytes, nowMs);
    }

    /** An answer brought messages of a topic to a group. */
    public void given(String topic, String group, int messages, long bytes) {
        long nowMs = clock.time();
        givenCount.add(messages);
        allGiven.add(messages, bytes, nowMs);
        add(new Way(Direction.GIVEN, topic, group), messages, bytes, nowMs);
    }

    /** A group handed a message of a topic back. */
    public void handedBack(String topic, String group, long bytes) {
        add(new Way(Direction.HANDED_BACK, topic, group), 1, bytes, clock.time());
    }

    /** @return what went that way; {@code group} is empty for {@link Direction#SENT} */
    public Meter.Figures figures(Direction direction, String topic, String group) {
        Meter meter = meters.get(new Way(direction, topic, group));
        return meter == null ? Meter.Figures.NONE : meter.figures(clock.time());
    }

    /** @return what was sent to all topics */
    public Meter.Figures allSent() {
        return allSent.figures(clock.time());
    }

    /** @return what all groups were given */
    public Meter.Figures allGiven() {
        return allGiven.figures(clock.time());
    }

    /** @return how many messages were sent since the start */
    public long sentCount() {
        return sentCount.sum();
    }

    /** @return how many messages groups were given since the start */
    public long givenCount() {
        return givenCount.sum();
    }

    int meterCount() {
        return meters.size();
    }

    private void add(Way way, int messages, long bytes, long nowMs) {
        Meter meter = meters.get(way);
        if (meter == null) {
            meter = newMeter(way, nowMs);
        }
        if (meter != null) {
            meter.add(messages, bytes, nowMs);
        }
    }

    private @Nullable Meter newMeter(Way way, long nowMs) {
        long dueMs = nextForgetMs.get();
        if (meters.size() >= METERS_MAX
                && nowMs >= dueMs
                && nextForgetMs.compareAndSet(dueMs, nowMs + FORGET_EVERY_MS)) {
            meters.values().removeIf(meter -> meter.figures(nowMs).day().calls() == 0);
        }
        return meters.size() >= METERS_MAX ? null : meters.computeIfAbsent(way, missing -> new Meter());
    }
}
