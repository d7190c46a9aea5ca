package io.ternmq.log;

import io.ternmq.log.storage.SliceInput;
import io.ternmq.log.storage.SliceOutput;
import org.agrona.DirectBuffer;

/**
 * The state that control records make, kept by the log's owner. While a log is opened: {@link #attach}, then {@link
 * #restoreSlice} for every slice of the newest good checkpoint (none without one), then {@link #apply} for every control
 * record behind it. All calls come from the thread that opens the log, later from the writer's.
 */
public interface LogState {
    /** Called once, before anything else. The log is not yet open: only {@link CommitLog#queues()} and {@link CommitLog#trim} may be used. */
    default void attach(CommitLog log) {}

    /**
     * Applies a control record while the log is opened. It decides nothing and reads no clock. A slice with a stamp
     * behind {@code position} knows the record already: applying it to that slice again must be skipped.
     *
     * @param kind 1 to 127, as given to {@link CommitLog#appendControl}
     * @param buffer holds the record's payload; valid only during the call
     * @param position where the record lies in the log
     * @param timeMs its entry's time
     * @throws UnknownRecordKindException for a kind that this version does not know; the log then refuses to open
     */
    void apply(int kind, DirectBuffer buffer, int index, int length, long position, long timeMs);

    /** @return into how many slices the state is cut; read when a checkpoint begins, and the same until it ends */
    int sliceCount();

    /** Writes one slice as it is now; at most a few hundred KiB, so that the writer is not held up. */
    void writeSlice(int slice, SliceOutput out);

    /**
     * Takes back one slice.
     *
     * @param stamp the log's end when the slice was written: it holds every record before this position and none behind
     */
    void restoreSlice(int slice, SliceInput in, long stamp);
}
