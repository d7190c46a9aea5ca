package io.ternmq.broker;

import io.ternmq.broker.ShardSettings.Flush;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.InternalCommand;
import io.ternmq.broker.copy.Carrier;
import io.ternmq.broker.record.LogTrimmed;
import io.ternmq.broker.state.PendingProgress;
import io.ternmq.log.CommitLog;
import java.util.List;
import java.util.function.Consumer;

/** What a shard does by the clock: progress to records, retention, checkpoints, late forces. Shard thread only. */
final class Housekeeping {
    /** So much of a group's progress may be lost in a crash; its messages then come again. */
    static final long PROGRESS_INTERVAL_MS = 1_000;

    private static final long RETENTION_INTERVAL_MS = 10_000;
    /** Between two commands that carry along what retention must not take. */
    private static final long CARRY_PAUSE_MS = 10;

    private final CommitLog log;
    private final PendingProgress progress;
    private final List<Carrier> carriers;
    private final boolean lateForces;
    private final long forceIntervalMs;
    private long progressDueMs;
    private long retentionDueMs;
    private long carriedEndPosition;
    private long forceDueMs;

    Housekeeping(ShardSettings settings, CommitLog log, PendingProgress progress, List<Carrier> carriers, long nowMs) {
        this.log = log;
        this.progress = progress;
        this.carriers = carriers;
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
            count += retain(nowMs, executor);
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

    /** What retention would take and must not goes to the log's head first, a little at a time. */
    private int retain(long nowMs, Consumer<Command> executor) {
        retentionDueMs = nowMs + RETENTION_INTERVAL_MS;
        long position = log.retentionPosition(nowMs);
        if (position <= log.startPosition()) {
            return 0;
        }
        for (Carrier carrier : carriers) {
            if (!carrier.carry(position, executor)) {
                carriedEndPosition = log.endPosition();
                retentionDueMs = nowMs + CARRY_PAUSE_MS;
                return 1;
            }
        }
        if (log.durablePosition() < carriedEndPosition) {
            retentionDueMs =
                    nowMs + CARRY_PAUSE_MS; // the copies must not go with a power cut that comes after the deletion
            return 0;
        }
        executor.accept(new InternalCommand(decision -> decision.append(new LogTrimmed(position))));
        return 1;
    }

    /** What members have committed becomes a record. */
    void gatherProgress(Consumer<Command> executor) {
        executor.accept(new InternalCommand(decision -> progress.take().ifPresent(decision::append)));
    }
}
