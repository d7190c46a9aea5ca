package io.ternmq.broker.traffic;

/**
 * Lets so much through a second on average, and what gathers in a second at once. What was let through may be more than there
 * was: then it must be made up for first. Not thread-safe.
 */
final class TokenBucket {
    private static final double SECOND_MS = 1_000.0;

    private final long perSecond;
    private double level;
    private long filledMs;

    /** @param perSecond at least 1 */
    TokenBucket(long perSecond, long nowMs) {
        this.perSecond = perSecond;
        this.level = perSecond;
        this.filledMs = nowMs;
    }

    /** @return how much may go now; 0 for nothing */
    long available(long nowMs) {
        fill(nowMs);
        return level < 1 ? 0 : (long) level;
    }

    /** @return after how many milliseconds something may go, if nothing else goes meanwhile */
    long waitMs(long nowMs) {
        return available(nowMs) > 0 ? 0 : (long) Math.ceil((1 - level) * SECOND_MS / perSecond);
    }

    /** @return how many milliseconds one more is worth, at least 1 */
    long oneMs() {
        return Math.max(1, (long) (SECOND_MS / perSecond));
    }

    void took(long amount, long nowMs) {
        fill(nowMs);
        level -= amount;
    }

    /** A clock that goes back fills nothing until it has caught up. */
    private void fill(long nowMs) {
        if (nowMs > filledMs) {
            double gathered = (double) (nowMs - filledMs) * perSecond / SECOND_MS;
            level = Math.min((double) perSecond, level + gathered);
            filledMs = nowMs;
        }
    }
}
