package io.ternmq.broker.lease;

/** A member's seat in a lane: it keeps the lane alive while the member waits, or gave a sign of life lately. Shard thread only. */
final class LaneSeat {
    private int waitingCount;
    private long untilMs;
    private boolean left;

    LaneSeat(long nowMs) {
        sign(nowMs);
    }

    /** The member is there: it asked, acknowledged or renewed. */
    void sign(long nowMs) {
        untilMs = Math.max(untilMs, nowMs + Lanes.ALIVE_MS);
    }

    void beginWaiting() {
        waitingCount++;
    }

    void endWaiting() {
        waitingCount--;
    }

    /** The member wants nothing more. */
    void leave() {
        left = true;
    }

    boolean isLeft() {
        return left;
    }

    /** @return until when the member counts as there, as far as is known now; in milliseconds since 1970 */
    long untilMs(long nowMs) {
        return waitingCount > 0 ? nowMs + Lanes.ALIVE_MS : untilMs;
    }
}
