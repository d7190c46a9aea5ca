package io.ternmq.broker.lease;

import io.ternmq.protocol.message.MessageRecord;

/** Takes messages that were handed out on their way to who asked for them. */
@FunctionalInterface
public interface TakenSink {
    /** What became of a message. */
    enum Answer {
        /** It goes to who asked. */
        TAKEN,
        /** Who asked does not want it: it is done for the group. */
        UNWANTED,
        /** There is no room for it; others may have it at once. */
        FULL,
        /** It cannot be written as this protocol wants it: it stays with nobody until its deadline, and becomes a dead letter in the end. */
        UNFIT
    }

    /**
     * Takes one message.
     *
     * @param record where it lies, valid until this returns
     * @param lease names what was handed out
     */
    Answer accept(MessageRecord record, Taken lease);

    /**
     * A message that was handed out.
     *
     * @param from the queue it was taken of
     * @param offset its number in that queue
     * @param index where its record begins in its buffer
     * @param length the record's bytes
     * @param attempts how often it was handed out, with this time
     * @param reconsumeTimes how often it was given to the group before: an attempt that ended without an acknowledgement counts
     *     like a message that was sent back
     */
    record Taken(TakenMessages from, long offset, int index, int length, int attempts, int reconsumeTimes) {}
}
