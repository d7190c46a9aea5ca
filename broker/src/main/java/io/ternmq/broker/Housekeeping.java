package io.ternmq.broker;

import io.ternmq.broker.ShardSettings.Flush;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.command.InternalCommand;
import io.ternmq.broker.lease.Leases;
import io.ternmq.broker.state.PendingProgress;
import io.ternmq.log.CommitLog;
import java.util.function.Consumer;

/** What a shard does by the clock: progress to records, retention, checkpoints, late forces. Shard thread only. */
final class Housekeeping {
    /** So much of a group's progress may be lost in a crash; its messages then come again. */
    static final long PROGRESS_INTERVAL_MS = 1_000;

    private final CommitLog log;
    private final PendingProgress progress;
    private final Leases leases;
    private final Trimming trimming;
    private final boolean lateForces;
    private final long forceIntervalMs;
    private long progressDueMs;
    private long forceDueMs;
    /** The disk had none for the last record of progress. */
    private boolean waitsForRoom;

    Housekeeping(ShardSettings settings, CommitLog log, PendingProgress progress, Leases leases, Trimming trimming) {
        this.log = log;
        this.progress = progress;
        this.leases = leases;
        this.trimming = trimming;
        this.lateForces = settings.flush() == Flush.ASYNC;
        this.forceIntervalMs = settings.flushIntervalMs();
    }

    /** Hands over commands for what has come due. @return how many */
    int decide(long nowMs, Consumer<Command> executor) {
        int count = 0;
        if (hasProgress() && (nowMs >= progressDueMs || (progress.isFull() && !waitsForRoom))) {
            progressDueMs = nowMs + PROGRESS_INTERVAL_MS;
            gatherProgress(executor);
            count++;
        }
        return count + trimming.decide(nowMs, executor);
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
        long nextMs = trimming.nextMs();
        if (hasProgress()) {
            nextMs = Math.min(nextMs, progressDueMs);
        }
        if (lateForces && log.endPosition() > log.durablePosition()) {
            nextMs = Math.min(nextMs, forceDueMs);
        }
        return nextMs;
    }

    /** What members have committed becomes a record; on a full disk it waits. */
    void gatherProgress(Consumer<Command> executor) {
        leases.note(executor);
        executor.accept(new InternalCommand(this::noteProgress));
    }

    private void noteProgress(Decision decision) {
        waitsForRoom = !decision.hasRoom(progress.recordBytes());
        if (!waitsForRoom) {
            progress.take().ifPresent(decision::append);
        }
    }

    private boolean hasProgress() {
        return !progress.isEmpty() || leases.isChanged();
    }
}
