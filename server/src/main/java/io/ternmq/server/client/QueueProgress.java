package io.ternmq.server.client;

import io.ternmq.Filter;
import io.ternmq.Partition;
import org.jspecify.annotations.Nullable;

/** A queue that this member reads now, and how far it is. Only the member's own thread touches it. */
final class QueueProgress {

    private final Partition queue;
    private final Filter filter;
    private long pullOffset;
    private long consumedOffset;
    private long committedOffset;
    private long retryAtMs;
    private int readyCount;
    private @Nullable Object pullUnderWay;

    QueueProgress(Partition queue, Filter filter, long startOffset, long committedOffset) {
        this.queue = queue;
        this.filter = filter;
        this.pullOffset = startOffset;
        this.consumedOffset = startOffset;
        this.committedOffset = committedOffset;
    }

    Partition queue() {
        return queue;
    }

    Filter filter() {
        return filter;
    }

    long pullOffset() {
        return pullOffset;
    }

    /** Whether a pull may begin: nothing is under way or waiting to be taken, and the pause after a failure is over. */
    boolean mayPull(long nowMs) {
        return pullUnderWay == null && readyCount == 0 && nowMs >= retryAtMs;
    }

    /** @return what the answer must show to be taken */
    Object beginPull() {
        Object ticket = new Object();
        pullUnderWay = ticket;
        return ticket;
    }

    /** @return false when the answer is to a pull from where we no longer are */
    boolean endPull(Object ticket) {
        boolean expected = pullUnderWay == ticket;
        if (expected) {
            pullUnderWay = null;
        }
        return expected;
    }

    void pullAgainAt(long timeMs) {
        retryAtMs = timeMs;
    }

    /** Messages up to the offset are here; with none of them wanted there is nothing to wait for. */
    void pulledTo(long offset, int messageCount) {
        pullOffset = offset;
        readyCount = messageCount;
        if (messageCount == 0) {
            consumedOffset = offset;
        }
    }

    /** One of the messages that are here was taken. */
    void taken() {
        readyCount--;
    }

    void consumedTo(long offset) {
        consumedOffset = offset;
    }

    /** Goes on elsewhere; what is under way does not count any more. */
    void moveTo(long offset) {
        pullOffset = offset;
        consumedOffset = offset;
        readyCount = 0;
        pullUnderWay = null;
    }

    /** @return where to go on after a restart; -1 when the server knows that already */
    long offsetToCommit() {
        return consumedOffset == committedOffset ? -1 : consumedOffset;
    }

    void committed(long offset) {
        committedOffset = offset;
    }
}
