package io.ternmq.log;

import io.ternmq.log.index.IndexDamagedException;
import io.ternmq.log.storage.SliceInput;
import java.io.IOException;

/** Gives the slices of a verified checkpoint to those who wrote them. */
final class CheckpointRestore {
    private final Checkpoints checkpoints;
    private final Indexes indexes;
    private final LogState state;
    private boolean indexesFit = true;
    private long replayPosition;

    CheckpointRestore(Checkpoints checkpoints, Indexes indexes, LogState state) {
        this.checkpoints = checkpoints;
        this.indexes = indexes;
        this.state = state;
    }

    /** @return false when the index files do not fit; the indexes are of no use then */
    boolean restore(CheckpointSummary checkpoint) throws IOException {
        replayPosition = checkpoint.replay().position();
        checkpoints.read(checkpoint.name(), this::restoreSlice);
        return indexesFit;
    }

    private void restoreSlice(int owner, int number, long stamp, SliceInput in) throws IOException {
        switch (owner) {
            case CheckpointLayout.OWNER_STATE -> state.restoreSlice(number, in, stamp);
            case CheckpointLayout.OWNER_QUEUES, CheckpointLayout.OWNER_KEYS -> restoreIndex(owner, stamp, in);
            default ->
                throw new LogRefusedException("checkpoint: a slice of owner " + owner
                        + " (expected: one this version knows; it was written by a newer TernMQ)");
        }
    }

    private void restoreIndex(int owner, long stamp, SliceInput in) throws IOException {
        if (!indexesFit) {
            return;
        }
        try {
            if (owner == CheckpointLayout.OWNER_QUEUES) {
                indexes.queues().restoreSlice(in, stamp);
            } else {
                indexes.keys().restoreSlice(in, replayPosition);
            }
        } catch (IndexDamagedException e) {
            indexesFit = false;
        }
    }

    /** Makes empty indexes that know where the queues ended. */
    void restoreEnds(CheckpointSummary checkpoint) throws IOException {
        indexes.createEmpty();
        checkpoints.read(checkpoint.name(), (owner, number, stamp, in) -> {
            if (owner == CheckpointLayout.OWNER_QUEUES) {
                indexes.queues().restoreEnds(in, stamp);
            }
        });
    }
}
