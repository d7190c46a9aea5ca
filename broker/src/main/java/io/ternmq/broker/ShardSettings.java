package io.ternmq.broker;

import io.ternmq.broker.claim.QueueClaims;
import io.ternmq.broker.transaction.TransactionSettings;
import io.ternmq.log.LogSettings;

/**
 * What can be set about a shard.
 *
 * @param log the storage engine's own settings
 * @param flush when an answer may be given
 * @param flushIntervalMs with {@link Flush#ASYNC}, how long appended messages may wait for their force; 1 to 60,000
 * @param mailboxCountMax requests that wait at most; a power of two
 * @param mailboxBytesMax bytes outside the heap that waiting requests hold at most
 * @param transactions when producers are asked about their transactions
 * @param queueLockMs how long those who consume a queue may be silent before others of their group who do it in the other way, by
 *     offset or by lease, get it; 1 to 600,000
 */
public record ShardSettings(
        LogSettings log,
        Flush flush,
        int flushIntervalMs,
        int mailboxCountMax,
        long mailboxBytesMax,
        TransactionSettings transactions,
        long queueLockMs) {
    /** When a message counts as stored. */
    public enum Flush {
        /** Once it is forced to the disk: it survives a power cut. */
        SYNC,
        /** Once it is handed to the operating system: it survives a crash of the process, not a power cut. */
        ASYNC
    }

    private static final int MAILBOX_COUNT_MAX = 16_384;
    private static final long MAILBOX_BYTES_MAX = 32L * 1024 * 1024;
    private static final int FLUSH_INTERVAL_MS = 500;
    private static final long QUEUE_LOCK_MS_MAX = 600_000;

    /** Checks every part. */
    public ShardSettings {
        if (flushIntervalMs < 1 || flushIntervalMs > 60_000) {
            throw new IllegalArgumentException("flushIntervalMs: " + flushIntervalMs + " (expected: 1..60000)");
        }
        if (queueLockMs < 1 || queueLockMs > QUEUE_LOCK_MS_MAX) {
            throw new IllegalArgumentException(
                    "queueLockMs: " + queueLockMs + " (expected: 1.." + QUEUE_LOCK_MS_MAX + ")");
        }
        if (Integer.bitCount(mailboxCountMax) != 1) {
            throw new IllegalArgumentException("mailboxCountMax: " + mailboxCountMax + " (expected: a power of two)");
        }
        if (mailboxBytesMax < log.commandBytesMax()) {
            throw new IllegalArgumentException(
                    "mailboxBytesMax: " + mailboxBytesMax + " (expected: at least " + log.commandBytesMax() + ")");
        }
    }

    /** @return the defaults */
    public static ShardSettings of(LogSettings log, Flush flush) {
        return new ShardSettings(
                log,
                flush,
                FLUSH_INTERVAL_MS,
                MAILBOX_COUNT_MAX,
                MAILBOX_BYTES_MAX,
                TransactionSettings.DEFAULT,
                QueueClaims.LOCK_MS_DEFAULT);
    }

    /** @return the same with these settings of transactions */
    public ShardSettings withTransactions(TransactionSettings newTransactions) {
        return new ShardSettings(
                log, flush, flushIntervalMs, mailboxCountMax, mailboxBytesMax, newTransactions, queueLockMs);
    }
}
