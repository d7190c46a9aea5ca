package io.ternmq.log;

import java.io.IOException;

/** Lets the indexes make files ahead of their need and merge runs of keys. A full disk only delays it. Maintenance thread. */
final class IndexUpkeep implements Maintenance.Task {
    private static final long RETRY_MS = 1_000;

    private final Indexes indexes;
    private long retryMs = Long.MIN_VALUE;

    IndexUpkeep(Indexes indexes) {
        this.indexes = indexes;
    }

    @Override
    public boolean work(long nowMs) {
        if (nowMs < retryMs) {
            return false;
        }
        try {
            indexes.queues().prepareRoom();
            return indexes.keys().maintain();
        } catch (IOException e) {
            retryMs = nowMs + RETRY_MS;
            return false;
        }
    }
}
