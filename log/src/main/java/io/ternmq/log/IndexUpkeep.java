package io.ternmq.log;

import io.ternmq.log.index.KeyIndex;
import java.io.IOException;

/** Lets the indexes make files ahead of their need and merge runs of keys. A full disk only delays it. Maintenance thread. */
final class IndexUpkeep implements Maintenance.Task {
    private static final long RETRY_MS = 1_000;

    private final Indexes indexes;
    private final Checkpoints checkpoints;
    private long retryMs = Long.MIN_VALUE;

    IndexUpkeep(Indexes indexes, Checkpoints checkpoints) {
        this.indexes = indexes;
        this.checkpoints = checkpoints;
    }

    @Override
    public boolean work(long nowMs) {
        if (nowMs < retryMs) {
            return false;
        }
        try {
            indexes.queues().prepareRoom();
            KeyIndex keys = indexes.keys();
            if (keys.hasRunsToWrite()) {
                keys.writeRuns();
                return true;
            }
            keys.deleteOldRuns();
            return keys.mergeRuns(checkpoints.newestReplayPosition());
        } catch (IOException e) {
            retryMs = nowMs + RETRY_MS;
            return false;
        }
    }
}
