package io.ternmq.server.client;

import io.ternmq.Partition;

/** The dead letters of a group on one broker, and which of them were sent again. One thread. */
public final class DeadLetterQueue {

    private final Partition queue;
    private final long minOffset;
    private final long endOffset;
    private final RedriveMarks marks;

    DeadLetterQueue(Partition queue, long minOffset, long endOffset, RedriveMarks marks) {
        this.queue = queue;
        this.minOffset = minOffset;
        this.endOffset = endOffset;
        this.marks = marks;
        marks.nothingBefore(minOffset);
    }

    /**
     * Where they lie.
     *
     * @return the queue
     */
    public Partition queue() {
        return queue;
    }

    /**
     * The oldest that is there.
     *
     * @return its offset; {@link #endOffset} when none is there
     */
    public long minOffset() {
        return minOffset;
    }

    /**
     * The end, when it was asked for.
     *
     * @return the offset that the next one would have got
     */
    public long endOffset() {
        return endOffset;
    }

    /**
     * How many there are.
     *
     * @return those that were sent again included
     */
    public long count() {
        return endOffset - minOffset;
    }

    /**
     * How many were not sent again.
     *
     * @return 0 or more
     */
    public long leftCount() {
        return Math.max(0, endOffset - marks.floor() - marks.aheadCount());
    }

    /**
     * Where those begin that were not sent again.
     *
     * @return all before this offset were
     */
    public long firstLeftOffset() {
        return marks.floor();
    }

    /**
     * Tells whether a dead letter was sent again.
     *
     * @param message one of this queue
     * @return whether it was
     */
    public boolean isRedriven(ReceivedMessage message) {
        return marks.isDone(message.queueOffset(), message.position());
    }

    /**
     * Tells whether this one could be noted as sent again.
     *
     * @param message one of this queue
     * @return false when too many were already that are not the first ones
     */
    public boolean hasRoomFor(ReceivedMessage message) {
        return message.queueOffset() <= marks.floor() || marks.hasRoom();
    }

    /**
     * Notes that a dead letter was sent again, or that it was before and its turn has come.
     *
     * @param message one of this queue
     */
    public void redriven(ReceivedMessage message) {
        marks.done(message.queueOffset(), message.position());
    }

    /**
     * Notes that there is no message up to an offset.
     *
     * @param from the first offset that was asked for
     * @param to   the first that there may be
     */
    public void nothing(long from, long to) {
        if (marks.floor() == from) {
            marks.nothingBefore(to);
        }
    }

    RedriveMarks marks() {
        return marks;
    }
}
