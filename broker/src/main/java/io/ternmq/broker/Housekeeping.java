package io.ternmq.broker;

import io.ternmq.broker.ShardSettings.Flush;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.InternalCommand;
import io.ternmq.broker.record.LogTrimmed;
import io.ternmq.broker.state.PendingProgress;
import io.ternmq.log.CommitLog;
import java.util.function.Consumer;

/** What a shard does by the clock: progress to records, retention, checkpoints, late forces. Shard thread only. */
final class Housekeeping {
    /** So much of a group's progress may be lost in a crash; its messages then come again. */
    static final long PROGRESS_INTERVAL_MS = 1_000;

    private static final long RETENTION_INTERVAL_MS = 10_000;

    private final CommitLog log;
    private final PendingProgress progress;
    private final boolean lateForces;
    private final long forceIntervalMs;
    private long progressDueMs;
    private long retentionDueMs;
    private long forceDueMs;

    Housekeeping(ShardSettings settings, CommitLog log, PendingProgress progress, long nowMs) {
        this.log = log;
        this.progress = progress;
        this.lateForces = settings.flush() == Flush.ASYNC;
        this.forceIntervalMs = settings.flushIntervalMs();
        this.retentionDueMs = nowMs + RETENTION_INTERVAL_MS;
    }

    /** Hands over commands for what has come due. @return how many */
    int decide(long nowMs, Consumer<Command> executor) {
        int count = 0;
        if (!progress.isEmpty() && (nowMs >= progressDueMs || progress.isFull())) {
            progressDueMs = nowMs + PROGRESS_INTERVAL_MS;
            gatherProgress(executor);
            count++;
        }
        if (nowMs >= retentionDueMs) {
            retentionDueMs = nowMs + RETENTION_INTERVAL_MS;
            long position = log.retentionPosition(nowMs);
            if (position > log.startPosition()) {
                executor.accept(new InternalCommand(decision -> decision.append(new LogTrimmed(position))));
                count++;
            }
        }
        return count;
    }

    /** Does a little of what needs no record. @return how much was done */
    int work(long nowMs) {
        if (lateForces && nowMs >= forceDueMs) {
            forceDueMs = nowMs + forceIntervalMs;
            log.forceInBackground();
        }
        return log.workOnCheckpoint(nowMs);
    }

    /** @return when something of it is due, in milliseconds since 1970 */
    long nextMs() {
        long nextMs = retentionDueMs;
        if (!progress.isEmpty()) {
            nextMs = Math.min(nextMs, progressDueMs);
        }
        if (lateForces && log.endPosition() > log.durablePosition()) {
            nextMs = Math.min(nextMs, forceDueMs);
        }
        return nextMs;
    }

    /** What members have committed becomes a record. */
    void gatherProgress(Consumer<Command> executor) {
        executor.accept(new InternalCommand(decision -> progress.take().ifPresent(decision::append)));
    }
}
