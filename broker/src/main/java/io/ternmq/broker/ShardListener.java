package io.ternmq.broker;

import io.ternmq.log.LogListener;

/** Hears what a shard does. Called on the shard thread unless said; must return quickly and must not throw. */
public interface ShardListener extends LogListener {
    /** Hears nothing. */
    ShardListener SILENT = new ShardListener() {};

    /** The answers of a batch were all given: whoever gathers them may hand them on now. */
    default void batchAnswered() {}

    /** The shard stopped for good: nothing more is written, reads go on. */
    default void shardStopped(Throwable cause) {}

    /** A delayed message could not be delivered, because its topic or queue is no more. */
    default void delayedMessageDropped(String topic, int queueId) {}

    /** An undecided half message of that group, at that position, can no longer be read: nobody will see it. */
    default void halfMessageLost(long position, String producerGroup) {}

    /**
     * The shard's time is so far ahead of the clock, which was set back or had been wrong. Said when it begins, every hour while it
     * lasts, and with 0 when it is over.
     */
    default void timeAhead(long aheadMs) {}

    /**
     * Retention frees nothing for now, though so many bytes are beyond its limits: most of them are timed messages that
     * still wait, which would only be copied. Said once each time it begins.
     */
    default void retentionHeld(long bytes) {}
}
