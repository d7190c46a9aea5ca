package io.ternmq.broker;

import org.agrona.concurrent.NanoClock;

/**
 * Decides how long a batch waits for others before it is forced. Those whose messages the last force carried likely send the next ones
 * at once, but need a moment to wake up: a force without them would make them wait for the whole of it and go with the next one, in two
 * groups for ever. So a batch waits until as many are together as were waiting at the last force, as long as they come one soon
 * after the other, and no longer than a force takes. Where fewer come, fewer are expected the next time. For whoever has the
 * shard's turn.
 */
final class GroupCommit {
    /** The next one comes soon when it comes within such a part of the last force. */
    private static final int SOON_PART = 4;

    private final NanoClock clock;
    private long beganNanos;
    private long lastNanos;
    private long answeredNanos;
    private long cameNanos;
    private int together;
    private int expected;

    GroupCommit(NanoClock clock) {
        this.clock = clock;
    }

    /** A force begins. */
    void begin() {
        beganNanos = clock.nanoTime();
    }

    /** The force that began has ended. */
    void end() {
        lastNanos = clock.nanoTime() - beganNanos;
    }

    /**
     * Those who waited for the force know that it has ended.
     *
     * @param writers how many they were, with those who came meanwhile
     */
    void answered(int writers) {
        expected = writers;
        together = 0;
        answeredNanos = clock.nanoTime();
        cameNanos = answeredNanos;
    }

    /** @return whether a force should wait for others when so many writers are together */
    boolean isWorthWaiting(int writers) {
        if (writers == 0 || writers >= expected) {
            return false;
        }
        long nowNanos = clock.nanoTime();
        if (writers > together) {
            together = writers;
            cameNanos = nowNanos;
        }
        return nowNanos - cameNanos < lastNanos / SOON_PART && nowNanos - answeredNanos < lastNanos;
    }

    /** @return how long the last force took, in nanoseconds */
    long lastNanos() {
        return lastNanos;
    }
}
