package io.ternmq.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes the file of the checkpoint in the making. Maintenance thread. A failure costs this checkpoint only: the older ones are kept. */
final class CheckpointWriter implements Maintenance.Task {
    private final CheckpointRun run;
    private final Checkpoints checkpoints;
    private final Indexes indexes;
    private final LogForce force;
    private final LogListener listener;
    private @Nullable CheckpointTask task;
    private @Nullable CheckpointOutput output;

    CheckpointWriter(
            CheckpointRun run, Checkpoints checkpoints, Indexes indexes, LogForce force, LogListener listener) {
        this.run = run;
        this.checkpoints = checkpoints;
        this.indexes = indexes;
        this.force = force;
        this.listener = listener;
    }

    @Override
    public boolean work(long nowMs) {
        CheckpointTask current = run.task();
        if (current == null || !current.open()) {
            return false;
        }
        try {
            return write(current);
        } catch (IOException e) {
            abandon(current, e);
            return true;
        }
    }

    private boolean write(CheckpointTask current) throws IOException {
        CheckpointOutput out = outputOf(current);
        boolean worked = false;
        for (CheckpointSlice slice = current.poll(); slice != null; slice = current.poll()) {
            out.writeSlice(slice);
            worked = true;
        }
        if (current.allTaken()) {
            finish(current, out);
            return true;
        }
        return worked;
    }

    private CheckpointOutput outputOf(CheckpointTask current) throws IOException {
        CheckpointOutput known = output;
        if (task == current && known != null) {
            return known;
        }
        CheckpointOutput made = checkpoints.create();
        task = current;
        output = made;
        made.writeHeader(force.logId(), current.replay(), current.startPosition());
        return made;
    }

    /** Log, then index files, then checkpoint: what the checkpoint says is on the disk before it. */
    private void finish(CheckpointTask current, CheckpointOutput out) throws IOException {
        force.force();
        force.forceMark();
        indexes.forceFiles();
        out.writeEnd(current.endPosition());
        output = null;
        out.close();
        CheckpointSummary kept = checkpoints.keep(current.endPosition());
        current.end(true);
        listener.checkpointKept(kept.position(), kept.bytes());
    }

    private void abandon(CheckpointTask current, IOException cause) {
        CheckpointOutput left = output;
        output = null;
        current.end(false);
        try {
            if (left != null) {
                left.close();
            }
            checkpoints.discard();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        listener.checkpointFailed(cause);
    }

    /** Closes an unfinished file. */
    void close() throws IOException {
        CheckpointOutput left = output;
        output = null;
        if (left != null) {
            left.close();
            checkpoints.discard();
        }
    }
}
