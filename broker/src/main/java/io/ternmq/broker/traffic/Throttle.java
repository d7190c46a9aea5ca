package io.ternmq.broker.traffic;

import org.jspecify.annotations.Nullable;

/**
 * Holds what goes through to a rate: what would go beyond it is told how long to wait. What gathers in a second may go at once.
 * Those who wait are given turns one behind the other, so that they do not come back all together. Thread-safe.
 */
public final class Throttle {
    /** Holds nothing back. */
    public static final Throttle OPEN = new Throttle(Rate.UNLIMITED, 0);

    /** Nobody is told to wait longer for a turn; who then finds nothing waits for another. */
    static final long TURN_MS_MAX = 1_000;

    private final Rate rate;
    private final @Nullable TokenBucket messages;
    private final @Nullable TokenBucket bytes;
    private long nextTurnMs;

    /** @param nowMs since 1970, as in the other methods */
    public Throttle(Rate rate, long nowMs) {
        this.rate = rate;
        this.messages = rate.messagesPerSecond() == 0 ? null : new TokenBucket(rate.messagesPerSecond(), nowMs);
        this.bytes = rate.bytesPerSecond() == 0 ? null : new TokenBucket(rate.bytesPerSecond(), nowMs);
    }

    /** @return what it holds to */
    public Rate rate() {
        return rate;
    }

    /** @return how many messages may go now; 0 when they must wait */
    public long messages(long nowMs) {
        return available(messages, nowMs);
    }

    /** @return how many bytes may go now, one message more than that at most; 0 when they must wait */
    public long bytes(long nowMs) {
        return available(bytes, nowMs);
    }

    /** @return after how long what went is made up for, in milliseconds; 0 when more may go now */
    public long waitMs(long nowMs) {
        return rate.isUnlimited() ? 0 : waitForBoth(nowMs);
    }

    /** @return after how long to ask again, in milliseconds; 0 when something may go now */
    public long holdMs(long nowMs) {
        return rate.isUnlimited() ? 0 : holdForTurn(nowMs);
    }

    /** So much went through. */
    public void took(long messageCount, long byteCount, long nowMs) {
        if (!rate.isUnlimited()) {
            count(messageCount, byteCount, nowMs);
        }
    }

    private synchronized long waitForBoth(long nowMs) {
        long forMessages = messages == null ? 0 : messages.waitMs(nowMs);
        long forBytes = bytes == null ? 0 : bytes.waitMs(nowMs);
        return Math.max(forMessages, forBytes);
    }

    private synchronized long holdForTurn(long nowMs) {
        long waitMs = waitForBoth(nowMs);
        if (waitMs == 0) {
            return 0;
        }
        long turnMs = Math.min(Math.max(nowMs + waitMs, nextTurnMs), nowMs + TURN_MS_MAX);
        nextTurnMs = turnMs + (messages == null ? 1 : messages.oneMs());
        return turnMs - nowMs;
    }

    private synchronized void count(long messageCount, long byteCount, long nowMs) {
        if (messages != null) {
            messages.took(messageCount, nowMs);
        }
        if (bytes != null) {
            bytes.took(byteCount, nowMs);
        }
    }

    private long available(@Nullable TokenBucket bucket, long nowMs) {
        if (bucket == null) {
            return Long.MAX_VALUE;
        }
        synchronized (this) {
            return bucket.available(nowMs);
        }
    }
}
