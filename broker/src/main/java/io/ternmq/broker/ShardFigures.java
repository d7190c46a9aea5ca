package io.ternmq.broker;

import org.jspecify.annotations.Nullable;

/**
 * A shard's figures at one moment.
 *
 * @param appendedMessages messages appended since it was opened
 * @param committedPosition the end of what readers see, in bytes of the log
 * @param startPosition the first byte of the log that is kept
 * @param damageCount places of the log that were found damaged or unreadable since it was opened
 * @param waitingConsumers consumers that wait for a message
 * @param mailboxCount commands that wait
 * @param stoppedReason why the shard stopped, or null while it runs
 */
public record ShardFigures(
        long appendedMessages,
        long committedPosition,
        long startPosition,
        long damageCount,
        int waitingConsumers,
        int mailboxCount,
        @Nullable String stoppedReason) {}
