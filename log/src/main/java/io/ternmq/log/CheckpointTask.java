package io.ternmq.log;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** One checkpoint in the making: the writer puts slices in, the maintenance thread takes them out and writes the file. */
final class CheckpointTask {
    /** The writer waits with the next slice while so many are not written: memory is bounded. */
    private static final int SLICES_MAX = 8;

    private enum Outcome {
        OPEN,
        KEPT,
        FAILED
    }

    private final BlockingQueue<CheckpointSlice> slices = new ArrayBlockingQueue<>(SLICES_MAX);
    private final ChainLink replay;
    private final long startPosition;
    private volatile long endPosition = -1;
    private volatile Outcome outcome = Outcome.OPEN;

    CheckpointTask(ChainLink replay, long startPosition) {
        this.replay = replay;
        this.startPosition = startPosition;
    }

    ChainLink replay() {
        return replay;
    }

    long startPosition() {
        return startPosition;
    }

    boolean hasRoom() {
        return slices.remainingCapacity() > 0;
    }

    void put(CheckpointSlice slice) {
        slices.add(slice);
    }

    @Nullable
    CheckpointSlice poll() {
        return slices.poll();
    }

    /** The last slice has been put in. */
    void complete(long position) {
        endPosition = position;
    }

    /** @return the log's end at the last slice; -1 while there are more to come */
    long endPosition() {
        return endPosition;
    }

    boolean allTaken() {
        return endPosition >= 0 && slices.isEmpty();
    }

    void end(boolean kept) {
        outcome = kept ? Outcome.KEPT : Outcome.FAILED;
        slices.clear();
    }

    boolean open() {
        return outcome == Outcome.OPEN;
    }

    boolean kept() {
        return outcome == Outcome.KEPT;
    }
}
