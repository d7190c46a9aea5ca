package io.ternmq.broker;

import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.command.InternalCommand;
import io.ternmq.broker.compaction.Compaction;
import io.ternmq.broker.copy.Carrier;
import io.ternmq.broker.delay.DelayedDelivery;
import io.ternmq.broker.record.LogTrimmed;
import io.ternmq.broker.timer.TimedDelivery;
import io.ternmq.log.CommitLog;
import java.util.List;
import java.util.function.Consumer;

/**
 * Retention: lets the log begin later. What still waits for its time outlives it: messages of a delay level keep their
 * part of the log until they are delivered, within two hours; timers, undecided half messages and the newest message of
 * each key of compacted topics are copied to the log's head first, a little in each step. The log is cut only when every copy is on the disk. Shard thread only.
 */
final class Trimming {
    private static final long INTERVAL_MS = 10_000;
    /** Between two steps, and until the disk has what was copied. */
    private static final long PAUSE_MS = 10;

    /** Little, since it is this record that makes room: other records leave it more than that. */
    private static final long RECORD_BYTES = 1_024;

    private static final long NONE = -1;

    private final CommitLog log;
    private final DelayedDelivery delayed;
    private final TimedDelivery timed;
    private final Compaction compaction;
    private final List<Carrier> carriers;
    private final ShardListener listener;
    private boolean held;
    private long nextMs;
    private long target = NONE;
    /** Everything that waited before the target is delivered or copied before this position; or {@link #NONE}. */
    private long clearedPosition = NONE;

    Trimming(
            CommitLog log,
            DelayedDelivery delayed,
            TimedDelivery timed,
            Compaction compaction,
            List<Carrier> carriers,
            ShardListener listener,
            long nowMs) {
        this.log = log;
        this.delayed = delayed;
        this.timed = timed;
        this.compaction = compaction;
        this.carriers = carriers;
        this.listener = listener;
        this.nextMs = nowMs + INTERVAL_MS;
    }

    /** @return when there is something to do, in milliseconds since 1970 */
    long nextMs() {
        return nextMs;
    }

    /** Hands over commands for what is to be done by now. @return how many */
    int decide(long nowMs, Consumer<Command> executor) {
        if (nowMs < nextMs) {
            return 0;
        }
        if (target == NONE && !choose(nowMs)) {
            nextMs = nowMs + INTERVAL_MS;
            return 0;
        }
        return clear(nowMs, executor);
    }

    private boolean choose(long nowMs) {
        long wanted = log.retentionPosition(nowMs, delayed.firstWaitingPosition());
        if (wanted <= log.startPosition()) {
            return false;
        }
        long position = compaction.surveyed(log.startPosition(), wanted);
        if (position <= log.startPosition()) {
            return false;
        }
        if (!timed.isWorthCarrying(log.startPosition(), position)) {
            if (!held) {
                held = true;
                listener.retentionHeld(position - log.startPosition());
            }
            return false;
        }
        held = false;
        target = position;
        clearedPosition = NONE;
        return true;
    }

    private int clear(long nowMs, Consumer<Command> executor) {
        if (clearedPosition == NONE) {
            for (Carrier carrier : carriers) {
                if (!carrier.carry(target, executor)) {
                    nextMs = nowMs + PAUSE_MS;
                    return 1;
                }
            }
            clearedPosition = log.endPosition();
        }
        if (log.durablePosition() < clearedPosition) {
            nextMs = nowMs + PAUSE_MS;
            return 0;
        }
        if (!log.hasRoom(RECORD_BYTES, true)) {
            nextMs = nowMs + Decision.ROOM_RETRY_MS;
            return 0;
        }
        long position = target;
        target = NONE;
        nextMs = nowMs + INTERVAL_MS;
        executor.accept(new InternalCommand(decision -> decision.append(new LogTrimmed(position))));
        return 1;
    }
}
