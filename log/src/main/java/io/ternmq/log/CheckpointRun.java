package io.ternmq.log;

import io.ternmq.log.LogSettings.CheckpointEvery;
import io.ternmq.log.storage.SliceOutput;
import org.jspecify.annotations.Nullable;

/** The writer's part of making checkpoints: when one is due, and a few slices at a time. Writer thread, but for {@link #task}. */
final class CheckpointRun {
    private static final int SLICES_PER_CALL = 2;
    /** The keys' slice comes first: it says how far they were sealed when the checkpoint began. */
    private static final int KEY_SLICES = 1;

    private final Indexes indexes;
    private final LogState state;
    private volatile @Nullable CheckpointTask task;
    private SliceOutput keySlice = new SliceOutput();
    private int queueSlices;
    private int stateSlices;
    private int written;
    private long lastPosition;
    private long lastMs = Long.MIN_VALUE;

    CheckpointRun(Indexes indexes, LogState state) {
        this.indexes = indexes;
        this.state = state;
    }

    /** @param position of the newest checkpoint there is */
    void resume(long position) {
        lastPosition = position;
    }

    /** @return the checkpoint in the making, or null. Any thread */
    @Nullable
    CheckpointTask task() {
        return task;
    }

    /** @return whether slices of a checkpoint are still to be written */
    boolean hasSlicesLeft() {
        CheckpointTask current = task;
        return current != null && current.open() && written < KEY_SLICES + queueSlices + stateSlices;
    }

    boolean due(long nowMs, long endPosition, CheckpointEvery every) {
        if (lastMs == Long.MIN_VALUE) {
            lastMs = nowMs;
        }
        long bytes = endPosition - lastPosition;
        return task == null && bytes > 0 && (bytes >= every.bytes() || nowMs - lastMs >= every.ms());
    }

    boolean nothingNew(long endPosition) {
        return endPosition == lastPosition;
    }

    void start(long nowMs, ChainLink next, long startPosition) {
        lastMs = nowMs;
        lastPosition = next.position();
        indexes.queues().checkpointBegun(next.position());
        indexes.keys().seal();
        keySlice = new SliceOutput();
        indexes.keys().writeSlice(keySlice);
        queueSlices = indexes.queues().sliceCount();
        stateSlices = state.sliceCount();
        written = 0;
        task = new CheckpointTask(next, startPosition);
    }

    /**
     * Writes a few slices, as many as the file's writer keeps up with, or notes that the checkpoint has ended.
     *
     * @param position the log's end
     * @return how many slices were written
     */
    int work(long position) {
        CheckpointTask current = task;
        if (current == null) {
            return 0;
        }
        if (!current.open()) {
            if (current.kept()) {
                indexes.queues().checkpointCompleted(current.replay().position());
            }
            task = null;
            return 0;
        }
        int count = 0;
        int total = KEY_SLICES + queueSlices + stateSlices;
        while (count < SLICES_PER_CALL && written < total && current.hasRoom()) {
            current.put(slice(written, position));
            written++;
            count++;
        }
        if (written == total && current.endPosition() < 0) {
            current.complete(position);
        }
        return count;
    }

    private CheckpointSlice slice(int index, long stamp) {
        SliceOutput out = new SliceOutput();
        if (index < KEY_SLICES) {
            return new CheckpointSlice(CheckpointLayout.OWNER_KEYS, index, stamp, keySlice);
        }
        int number = index - KEY_SLICES;
        if (number < queueSlices) {
            indexes.queues().writeSlice(number, out);
            return new CheckpointSlice(CheckpointLayout.OWNER_QUEUES, number, stamp, out);
        }
        number -= queueSlices;
        state.writeSlice(number, out);
        return new CheckpointSlice(CheckpointLayout.OWNER_STATE, number, stamp, out);
    }
}
