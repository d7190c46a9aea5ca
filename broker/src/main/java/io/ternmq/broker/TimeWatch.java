package io.ternmq.broker;

import java.util.concurrent.TimeUnit;

/** Says when the shard's time is far ahead of the clock, again every hour while it is, and when that is over. Shard thread only. */
final class TimeWatch {
    /** So far ahead nobody notices it. */
    static final long AHEAD_MS_MAX = 5_000;

    static final long AGAIN_MS = TimeUnit.HOURS.toMillis(1);
    private static final long INTERVAL_MS = 1_000;

    private final ShardClock clock;
    private final ShardListener listener;
    private boolean said;
    private long sayAgainMs;
    private long nextMs;

    TimeWatch(ShardClock clock, ShardListener listener) {
        this.clock = clock;
        this.listener = listener;
    }

    /** To be called in every round; looks at the clock once a second. */
    void look(long nowMs) {
        if (nowMs < nextMs) {
            return;
        }
        nextMs = nowMs + INTERVAL_MS;
        long aheadMs = clock.aheadMs();
        if (aheadMs > AHEAD_MS_MAX) {
            if (!said || nowMs >= sayAgainMs) {
                said = true;
                sayAgainMs = nowMs + AGAIN_MS;
                listener.timeAhead(aheadMs);
            }
        } else if (said) {
            said = false;
            listener.timeAhead(0);
        }
    }
}
