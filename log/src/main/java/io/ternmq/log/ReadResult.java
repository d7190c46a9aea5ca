package io.ternmq.log;

/**
 * What a read came to.
 *
 * @param nextOffset where the next read goes on: behind everything handed over, filtered or skipped
 * @param count messages handed to the sink
 * @param bytes their bytes
 * @param damagedCount messages skipped because they do not pass their checks, or cannot be read
 * @param end why it stopped
 */
public record ReadResult(long nextOffset, int count, int bytes, int damagedCount, End end) {
    /** Why a read stops. */
    public enum End {
        /** Nothing more is committed in the queue. */
        QUEUE_END,
        /** A limit was reached, or the sink wanted no more. */
        LIMIT,
        /** {@code fromOffset} is before the queue's first message; nothing was read. */
        BEFORE_MIN,
        /** {@code fromOffset} is behind the queue's end; nothing was read. */
        BEHIND_MAX
    }
}
