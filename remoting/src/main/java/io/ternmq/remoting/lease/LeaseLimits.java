package io.ternmq.remoting.lease;

import org.jspecify.annotations.Nullable;

/** What one request may take, for how long, and how long it may wait. */
final class LeaseLimits {
    /** One request takes so many messages at most; one that wants more gets so many. */
    static final int COUNT_MAX = 256;
    /** One request takes so many bytes at most, unless the first message alone is larger. */
    static final int BYTES_MAX = 256 * 1024;
    /** A request waits so long at most. */
    static final long WAIT_MS_MAX = 60_000;
    /** Messages are taken for so long at least: a client needs time to acknowledge. */
    static final long INVISIBLE_MS_MIN = 1_000;
    /** A lease ends within so long, unless it is renewed. */
    static final long INVISIBLE_MS_MAX = 12 * 3_600_000L;
    /** One request acknowledges so many messages at most. */
    static final int ACKNOWLEDGED_COUNT_MAX = 8_192;
    /** What cannot be delivered now is seen again after so long. */
    static final long TAKEN_BACK_MS = 1_000;

    private LeaseLimits() {}

    static int count(int wanted) {
        return Math.max(1, Math.min(wanted, COUNT_MAX));
    }

    /**
     * When a request was born its client says by a clock of its own, so that does not count.
     *
     * @param nowMs the shard's time
     * @return until when a request waits that wants to wait so long, by the shard's time; 0 not to wait
     */
    static long deadlineMs(long waitMs, long nowMs) {
        return waitMs <= 0 ? 0 : nowMs + Math.min(waitMs, WAIT_MS_MAX);
    }

    /** @return what is wrong with a time for which messages are out of sight, or null */
    static @Nullable String problem(long invisibleMs, long minMs) {
        return invisibleMs >= minMs && invisibleMs <= INVISIBLE_MS_MAX
                ? null
                : "invisibleTime: " + invisibleMs + " (expected: " + minMs + ".." + INVISIBLE_MS_MAX + " milliseconds)";
    }
}
