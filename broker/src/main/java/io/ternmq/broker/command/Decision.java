package io.ternmq.broker.command;

import io.ternmq.broker.record.ControlRecord;
import io.ternmq.broker.state.PendingProgress;
import io.ternmq.broker.state.ShardState;

/** What a command sees while it decides, and where it puts the records it decided on. Shard thread only. */
public interface Decision {
    /** What a few control records take at most, by any likelihood. */
    int RECORDS_BYTES = 64 * 1024;

    /** How soon to look again at a full disk. */
    long ROOM_RETRY_MS = 1_000;

    /** @return the state as of the records appended so far; only records change it */
    ShardState state();

    /** @return the groups' progress with what was committed a moment ago and is not in a record yet */
    PendingProgress progress();

    /** @return the time of this batch in milliseconds since 1970; never goes back */
    long nowMs();

    /** @return the offset that the next message of the queue will get */
    long nextOffset(int queueNo);

    /** @return whether a client may write that many bytes now; where not, the command was refused with the reason */
    boolean admitsWrite(Command command, long bytes);

    /** @return whether state may change now; where not, the command was refused with the reason. Says nothing about room */
    boolean admitsChange(Command command);

    /**
     * Says whether state may change by records now, which may use the disk's reserve.
     *
     * @param bytes what these take at most, by any likelihood
     * @return where not, the command was refused with the reason
     */
    boolean admitsRecords(Command command, long bytes);

    /**
     * Says whether there is room for what the shard writes on its own account, and so may use the disk's reserve.
     *
     * @param bytes what it takes at most, by any likelihood
     * @return false when it has to wait; {@link #ROOM_RETRY_MS} later it may be asked again
     */
    boolean hasRoom(long bytes);

    /** @throws RefusedException when there is no {@link #hasRoom room} for what a command is about to write */
    default void requireRoom(long bytes) {
        if (!hasRoom(bytes)) {
            throw new RefusedException(Refusal.DISK_FULL, "disk: full (expected: room for " + bytes + " bytes)");
        }
    }

    /** Appends a change of state to the log and applies it. */
    void append(ControlRecord record);

    /** Appends a message to a queue; where it came to lie is noted in the message. */
    void append(EncodedMessage message, int queueNo);

    /**
     * Appends a message that is in the log once more, to outlive its place: same queue, same offset, new position.
     *
     * @param message the whole record as it is in the log
     */
    void move(EncodedMessage message, int queueNo);

    /** Answers the command once the queue has a message at or behind its offset, or at its deadline. */
    void await(AwaitMessages waiter);

    /** The command is not answered now and decides once more in the next round: it has much to look at. */
    void again(Command command);

    /** The command is not answered now; whoever keeps it brings it again. */
    void postpone(Command command);
}
