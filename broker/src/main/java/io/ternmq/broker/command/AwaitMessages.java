package io.ternmq.broker.command;

import org.jspecify.annotations.Nullable;

/**
 * Waits until a queue has a message at or behind an offset. {@link #committed()} says that it is worth reading again, or
 * that the deadline has come; it costs an object until then, not a thread.
 */
public abstract class AwaitMessages extends Command {
    private final int queueNo;
    private final long offset;
    private final int @Nullable [] tagHashes;
    private final long deadlineMs;

    /**
     * @param offset the first offset that has not been read
     * @param tagHashes only messages with one of these are worth waking for; null for any
     * @param deadlineMs when to stop waiting, in milliseconds since 1970
     */
    protected AwaitMessages(int queueNo, long offset, int @Nullable [] tagHashes, long deadlineMs) {
        this.queueNo = queueNo;
        this.offset = offset;
        this.tagHashes = tagHashes;
        this.deadlineMs = deadlineMs;
    }

    @Override
    public final void decide(Decision decision) {
        decision.await(this);
    }

    /** @return whether nobody is there any more to be told; such a waiter is dropped when it is met */
    public abstract boolean isAbandoned();

    /** @return the queue */
    public final int queueNo() {
        return queueNo;
    }

    /** @return the first offset that has not been read */
    public final long offset() {
        return offset;
    }

    /** @return when to stop waiting, in milliseconds since 1970 */
    public final long deadlineMs() {
        return deadlineMs;
    }

    /** @return whether a message with that tag hash is worth waking for */
    public final boolean wants(int tagHash) {
        if (tagHashes == null) {
            return true;
        }
        for (int wanted : tagHashes) {
            if (wanted == tagHash) {
                return true;
            }
        }
        return false;
    }
}
