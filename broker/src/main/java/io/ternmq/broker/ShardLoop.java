package io.ternmq.broker;

import io.ternmq.broker.ShardSettings.Flush;
import io.ternmq.broker.catalog.Catalog;
import io.ternmq.broker.catalog.SystemTopics;
import io.ternmq.broker.claim.QueueClaims;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.command.InternalCommand;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.compaction.Compaction;
import io.ternmq.broker.copy.Carrier;
import io.ternmq.broker.delay.DelayedDelivery;
import io.ternmq.broker.delivery.Waiters;
import io.ternmq.broker.lease.Leases;
import io.ternmq.broker.state.PendingProgress;
import io.ternmq.broker.state.ShardState;
import io.ternmq.broker.timer.TimedDelivery;
import io.ternmq.broker.transaction.Transactions;
import io.ternmq.log.CommitLog;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The shard's rounds: take commands, let them decide, write, force, publish, answer. All of it belongs to whoever has
 * the shard's turn, but for {@link #figures}, {@link #timeMs}, {@link #timeAtMs}, {@link #timeAheadMs} and {@link #claims}.
 */
final class ShardLoop {
    /** A batch takes so many commands at most, so that the first one is not kept waiting for the last. */
    private static final int BATCH_COUNT_MAX = 1_024;
    /** A batch ends with the command that reaches so many bytes. */
    private static final long BATCH_BYTES_MAX = 4L * 1024 * 1024;

    /** A force that an event loop may wait for; solid-state disks take a fraction of it. */
    private static final long QUICK_FORCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final boolean syncFlush;
    private final CommitLog log;
    private final ShardState state;
    private final Mailbox mailbox;
    private final Catalog catalog;
    private final ShardClock clock;
    private final ShardListener listener;
    private final QueueClaims claims;
    private final PendingProgress progress;
    private final Waiters waiters;
    private final DelayedDelivery delayed;
    private final Transactions transactions;
    private final TimedDelivery timed;
    private final Leases leases;
    private final Housekeeping housekeeping;
    private final TimeWatch timeWatch;
    private final Batch batch;
    private final GroupCommit groupCommit;
    private long nowMs;

    /** What was decided is not written, since the disk has no room for it. */
    private boolean unwritten;

    private long writeAgainMs;

    /** Commands of this round that bring messages. */
    private int writers;

    private volatile @Nullable String stoppedReason;

    ShardLoop(
            ShardSettings settings,
            CommitLog log,
            ShardState state,
            Mailbox mailbox,
            Catalog catalog,
            EpochClock clock,
            NanoClock nanoClock,
            ShardListener listener) {
        this.syncFlush = settings.flush() == Flush.SYNC;
        this.log = log;
        this.state = state;
        this.mailbox = mailbox;
        this.catalog = catalog;
        this.clock = new ShardClock(clock, nanoClock, log.lastTimeMs());
        this.timeWatch = new TimeWatch(this.clock, listener);
        this.groupCommit = new GroupCommit(nanoClock);
        this.listener = listener;
        this.nowMs = this.clock.advance();
        this.claims = new QueueClaims(settings.queueLockMs());
        this.progress = new PendingProgress(state.progress(), claims);
        this.waiters = new Waiters(nowMs);
        this.delayed = new DelayedDelivery(log, state, listener::delayedMessageDropped);
        this.timed = new TimedDelivery(log, state, listener::delayedMessageDropped);
        this.transactions = new Transactions(settings.transactions(), log, state, listener::halfMessageLost, nowMs);
        this.leases = new Leases(log, state, progress, claims);
        Compaction compaction = new Compaction(log, state);
        log.addBackgroundWork(compaction::survey);
        List<Carrier> carriers = List.of(timed, transactions.carrier(), compaction);
        Trimming trimming = new Trimming(log, delayed, timed, compaction, carriers, listener, nowMs);
        this.housekeeping = new Housekeeping(settings, log, progress, leases, trimming);
        this.batch = new Batch(log, state, progress, waiters, delayed, timed, leases);
    }

    /** Makes what every shard has and publishes what the log remembers; before the first round. */
    void begin() {
        state.markAllChanged();
        batch.clear(nowMs);
        if (isReadOnly()) {
            commit();
        } else {
            batch.add(new InternalCommand(ShardLoop::decideSystemTopics));
            commit();
            delayed.begin();
            timed.begin();
            leases.begin(nowMs);
        }
    }

    /** One round. @return how much was done; 0 says that it may sleep for {@link #idleNanos} */
    int doWork() {
        return doWork(true);
    }

    /** As {@link #doWork}, for threads that have more to do: nobody is waited for. */
    int doBorrowedWork() {
        return doWork(false);
    }

    private int doWork(boolean mayWait) {
        if (stoppedReason != null) {
            return refuseAll(Refusal.STOPPED, stoppedReason);
        }
        try {
            return unwritten ? workOnFullDisk() : round(mayWait);
        } catch (Throwable e) { // the top of the shard: whatever it was, nothing more may be written
            stop(e);
            return 1;
        }
    }

    /** @return how long to sleep at most when a round found nothing to do */
    long idleNanos() {
        return TimeUnit.MILLISECONDS.toNanos(Math.max(1, nextMs() - nowMs));
    }

    /** @return whether a round will likely be a matter of microseconds: nothing is due, and the last force took no longer */
    boolean isQuick() {
        return groupCommit.lastNanos() <= QUICK_FORCE_NANOS && nextMs() > clock.timeMs();
    }

    /** @return when the next round is due though nobody brings a command, in milliseconds since 1970 */
    long nextMs() {
        if (unwritten) {
            return writeAgainMs;
        }
        long nextMs = Math.min(housekeeping.nextMs(), Math.min(delayed.nextDueMs(), timed.nextDueMs()));
        nextMs = Math.min(nextMs, Math.min(transactions.nextDueMs(), leases.nextMs(nowMs)));
        return waiters.isEmpty() ? nextMs : Math.min(nextMs, nowMs + waiters.tickMs());
    }

    /** Answers what waits, writes what was gathered, forces it and makes a checkpoint: the next start is quick. */
    void finish() {
        while (mailbox.count() > 0 || (batch.hasMore() && !unwritten)) {
            doWork();
        }
        if (unwritten) {
            writeAgainMs = nowMs;
            doWork();
        }
        if (unwritten) {
            stop(new IllegalStateException("closing, and the disk has no room for what was decided"));
        }
        waiters.wakeAll();
        waiters.drainReady(Command::complete);
        refuseWaiting("shard: closing");
        listener.batchAnswered();
        if (stoppedReason == null && !isReadOnly()) {
            try {
                writeLast();
            } catch (Throwable e) { // as in a round: what is not written by now is found by the next start
                stop(e);
            }
        }
    }

    private void writeLast() {
        batch.clear(nowMs);
        housekeeping.gatherProgress(batch::add);
        commit();
        log.force();
        log.checkpointNow(nowMs);
    }

    Leases leases() {
        return leases;
    }

    QueueClaims claims() {
        return claims;
    }

    Transactions transactions() {
        return transactions;
    }

    /** @return the shard's time; any thread */
    long timeMs() {
        return clock.timeMs();
    }

    /** @return the shard's time at a moment of the clock; any thread */
    long timeAtMs(long momentMs) {
        return clock.timeAtMs(momentMs);
    }

    /** @return by how much the shard's time is ahead of the clock; any thread */
    long timeAheadMs() {
        return clock.aheadMs();
    }

    ShardFigures figures() {
        return new ShardFigures(
                batch.appendedMessages(),
                log.committedPosition(),
                log.startPosition(),
                log.damageCount(),
                waiters.count(),
                mailbox.count(),
                stoppedReason);
    }

    private int round(boolean mayWait) {
        nowMs = clock.advance();
        timeWatch.look(nowMs);
        batch.clear(nowMs);
        writers = 0;
        int done = batch.addAgain();
        if (!isReadOnly()) {
            done += leases.serve(nowMs, batch::add);
        }
        done += takeCommands();
        if (mayWait && syncFlush) {
            done += gather();
        }
        if (!isReadOnly()) {
            done += delayed.deliver(nowMs, batch::add);
            done += transactions.check(nowMs, batch::add);
            done += timed.deliver(nowMs, batch::add);
            done += housekeeping.decide(nowMs, batch::add);
        }
        done += waiters.expire(nowMs);
        if (done > 0) {
            commit();
        }
        return done + housekeeping.work(nowMs);
    }

    /**
     * Somebody else took the room that the file system said there was, so what is decided cannot be written, and nothing may be
     * decided on it: everything is refused until there is room again. What needs only the log's readers goes on.
     */
    private int workOnFullDisk() {
        nowMs = clock.advance();
        int count = refuseAll(Refusal.DISK_FULL, "disk: full (expected: room for what was decided before)");
        count += waiters.expire(nowMs);
        waiters.drainReady(Command::complete);
        if (nowMs >= writeAgainMs) {
            commit();
            count++;
        }
        return count;
    }

    private boolean isReadOnly() {
        return log.readOnlyReason() != null;
    }

    private int takeCommands() {
        int count = 0;
        while (count < BATCH_COUNT_MAX && batch.bytes() < BATCH_BYTES_MAX) {
            Command command = mailbox.poll();
            if (command == null) {
                break;
            }
            batch.add(command);
            count++;
            if (command.heldBytes() > 0) {
                writers++;
            }
        }
        return count;
    }

    /** Takes what comes while a force is worth waiting. */
    @SuppressWarnings("ThreadPriorityCheck") // those waited for may need this core
    private int gather() {
        int count = 0;
        while (batch.bytes() < BATCH_BYTES_MAX && groupCommit.isWorthWaiting(writers)) {
            int taken = takeCommands();
            if (taken == 0) {
                Thread.yield();
            }
            count += taken;
        }
        return count;
    }

    private void commit() {
        if (batch.hasRecords()) {
            unwritten = !log.tryWrite();
            if (unwritten) {
                writeAgainMs = nowMs + Decision.ROOM_RETRY_MS;
                return;
            }
            if (syncFlush) {
                forceRecords();
            }
            log.publish(log.endPosition());
        }
        state.publish(catalog);
        int arrived = mailbox.count();
        answer();
        if (syncFlush) {
            groupCommit.answered(writers + arrived);
            log.noteForced();
        }
    }

    private void forceRecords() {
        groupCommit.begin();
        log.forceRecords();
        groupCommit.end();
    }

    private void answer() {
        for (Command command = batch.pollAnswered(); command != null; command = batch.pollAnswered()) {
            mailbox.answered(command);
            command.complete();
        }
        waiters.drainReady(Command::complete);
        listener.batchAnswered();
    }

    private void stop(Throwable cause) {
        String reason = "shard: stopped: " + cause;
        stoppedReason = reason;
        listener.shardStopped(cause);
        batch.refuseDecided(reason);
        waiters.wakeAll();
        answer();
        refuseWaiting(reason);
        int unused = refuseAll(Refusal.STOPPED, reason);
    }

    private void refuseWaiting(String reason) {
        for (Command command : leases.takeWaiting()) {
            command.refuse(Refusal.STOPPED, reason);
            command.complete();
        }
    }

    private int refuseAll(Refusal refusal, String reason) {
        int count = 0;
        for (Command command = mailbox.poll(); command != null; command = mailbox.poll()) {
            command.refuse(refusal, reason);
            mailbox.answered(command);
            command.complete();
            count++;
        }
        listener.batchAnswered();
        return count;
    }

    private static void decideSystemTopics(Decision decision) {
        SystemTopics.configs().stream()
                .filter(config -> decision.state().topics().get(config.name()) == null)
                .forEach(config -> decision.state().topics().decidePut(config).ifPresent(decision::append));
    }
}
