package io.ternmq.broker;

import io.ternmq.broker.record.ControlRecord;
import io.ternmq.broker.record.RecordInput;
import io.ternmq.broker.record.RecordOutput;
import io.ternmq.broker.state.ShardState;
import io.ternmq.broker.state.StateEffects;
import io.ternmq.log.CommitLog;
import io.ternmq.log.LogState;
import io.ternmq.log.storage.SliceInput;
import io.ternmq.log.storage.SliceOutput;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.jspecify.annotations.Nullable;

/** Ties the state to the log: replays into it, and cuts it into slices for checkpoints. Shard thread only. */
final class ReplayedState implements LogState, StateEffects {
    private final ShardState state = new ShardState(this);
    private final RecordOutput sliceOutput = new RecordOutput();
    private @Nullable CommitLog log;

    ShardState state() {
        return state;
    }

    @Override
    public void attach(CommitLog openedLog) {
        this.log = openedLog;
    }

    @Override
    public void apply(int kind, DirectBuffer buffer, int index, int length, long position, long timeMs) {
        state.apply(ControlRecord.decode(kind, buffer, index, length), position);
    }

    @Override
    public int sliceCount() {
        return ShardState.SLICE_COUNT;
    }

    @Override
    public void writeSlice(int slice, SliceOutput out) {
        state.writeSlice(slice, sliceOutput.clear());
        out.writeBytes(sliceOutput.buffer(), 0, sliceOutput.length());
    }

    @Override
    public void restoreSlice(int slice, SliceInput in, long stamp) {
        int length = in.remaining();
        ExpandableArrayBuffer copy = new ExpandableArrayBuffer(Math.max(1, length));
        in.readBytes(copy, 0, length);
        state.restoreSlice(slice, new RecordInput(copy, 0, length), stamp);
    }

    @Override
    public void dropQueues(int[] queueNos, long position) {
        for (int queueNo : queueNos) {
            attachedLog().queues().drop(queueNo, position);
        }
    }

    @Override
    public void trim(long position) {
        attachedLog().trim(position);
    }

    private CommitLog attachedLog() {
        if (log == null) {
            throw new IllegalStateException("state: no log yet (expected: attach before apply)");
        }
        return log;
    }
}
