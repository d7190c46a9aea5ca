package io.ternmq.broker.state;

import io.ternmq.broker.record.DelayCursorMoved;
import io.ternmq.broker.record.RecordInput;
import io.ternmq.broker.record.RecordOutput;

/** For each delay level, the offset of the next message to deliver. Shard thread only. */
public final class DelayCursors {
    /** Level numbers are 1 to this. */
    public static final int LEVEL_MAX = 18;

    private final long[] offsets = new long[LEVEL_MAX + 1];

    /** @param level 1 to {@link #LEVEL_MAX}; @return the offset of the next message to deliver */
    public long next(int level) {
        return offsets[level];
    }

    void apply(DelayCursorMoved moved) {
        offsets[moved.level()] = moved.offset();
    }

    void write(RecordOutput out) {
        for (long offset : offsets) {
            out.longValue(offset);
        }
    }

    void restore(RecordInput in) {
        for (int level = 0; level < offsets.length; level++) {
            offsets[level] = in.longValue();
        }
    }
}
