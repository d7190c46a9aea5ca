package io.ternmq.broker;

import io.ternmq.broker.command.AwaitMessages;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.delay.DelayedDelivery;
import io.ternmq.broker.delivery.Waiters;
import io.ternmq.broker.lease.Leases;
import io.ternmq.broker.record.ControlRecord;
import io.ternmq.broker.record.RecordOutput;
import io.ternmq.broker.record.TopicDeleted;
import io.ternmq.broker.state.PendingProgress;
import io.ternmq.broker.state.ShardState;
import io.ternmq.broker.timer.TimedDelivery;
import io.ternmq.log.CommitLog;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The batch that the shard works on: commands decide into it one after the other, each seeing what the ones before it
 * have applied. Nothing of it is visible outside until the shard has committed it. Shard thread only.
 */
final class Batch implements Decision {
    private final CommitLog log;
    private final ShardState state;
    private final PendingProgress progress;
    private final Waiters waiters;
    private final DelayedDelivery delayed;
    private final TimedDelivery timed;
    private final Leases leases;
    private final RecordOutput recordOutput = new RecordOutput();
    private final ArrayDeque<Command> answered = new ArrayDeque<>();
    private final ArrayDeque<Command> again = new ArrayDeque<>();
    private long nowMs;
    private long bytes;
    private @Nullable Command deciding;
    private @Nullable Command waiting;
    private boolean begun;
    private final AtomicLong appendedMessages = new AtomicLong();

    Batch(
            CommitLog log,
            ShardState state,
            PendingProgress progress,
            Waiters waiters,
            DelayedDelivery delayed,
            TimedDelivery timed,
            Leases leases) {
        this.log = log;
        this.state = state;
        this.progress = progress;
        this.waiters = waiters;
        this.delayed = delayed;
        this.timed = timed;
        this.leases = leases;
    }

    /** Begins anew, at the shard's time. */
    void clear(long timeMs) {
        nowMs = timeMs;
        bytes = 0;
        begun = false;
        answered.clear();
    }

    /** Lets those decide on that had much to look at. @return how many */
    int addAgain() {
        int count = again.size();
        for (int left = count; left > 0; left--) {
            add(again.remove());
        }
        return count;
    }

    /** @return whether {@link #addAgain} has something to do */
    boolean hasMore() {
        return !again.isEmpty();
    }

    /** Lets one command decide. */
    void add(Command command) {
        deciding = command;
        if (!begun) {
            log.beginBatch(nowMs);
            begun = true;
        }
        waiting = null;
        log.beginCommand();
        command.decide(this);
        log.endCommand();
        deciding = null;
        if (waiting != command) {
            answered.add(command);
        }
    }

    /** Refuses all that have decided, and one that could not: their records will never be committed. */
    void refuseDecided(String reason) {
        if (deciding != null) {
            answered.add(deciding);
            deciding = null;
        }
        answered.addAll(again);
        again.clear();
        answered.forEach(command -> command.refuse(Refusal.STOPPED, reason));
    }

    /** @return whether there is something to write */
    boolean hasRecords() {
        return bytes > 0;
    }

    /** @return bytes of the records so far */
    long bytes() {
        return bytes;
    }

    /** @return the next command to answer, in the order they came, or null; each is handed over once */
    @Nullable
    Command pollAnswered() {
        return answered.poll();
    }

    /** @return messages appended since the shard was opened; any thread */
    long appendedMessages() {
        return appendedMessages.get();
    }

    @Override
    public ShardState state() {
        return state;
    }

    @Override
    public PendingProgress progress() {
        return progress;
    }

    @Override
    public long nowMs() {
        return nowMs;
    }

    @Override
    public long nextOffset(int queueNo) {
        return log.queues().nextOffset(queueNo);
    }

    @Override
    public boolean admitsWrite(Command command, long wantedBytes) {
        if (!admitsChange(command)) {
            return false;
        }
        if (!log.hasRoom(wantedBytes, false)) {
            command.refuse(
                    Refusal.DISK_FULL, "disk: full but for its reserve (expected: room for " + wantedBytes + " bytes)");
            return false;
        }
        return true;
    }

    @Override
    public boolean admitsRecords(Command command, long wantedBytes) {
        if (!admitsChange(command)) {
            return false;
        }
        if (!hasRoom(wantedBytes)) {
            command.refuse(Refusal.DISK_FULL, "disk: full (expected: room for " + wantedBytes + " bytes)");
            return false;
        }
        return true;
    }

    @Override
    public boolean hasRoom(long wantedBytes) {
        return log.hasRoom(wantedBytes, true);
    }

    @Override
    public boolean admitsChange(Command command) {
        String readOnlyReason = log.readOnlyReason();
        if (readOnlyReason != null) {
            command.refuse(Refusal.READ_ONLY, "shard: read-only: " + readOnlyReason);
            return false;
        }
        return true;
    }

    @Override
    public void append(ControlRecord record) {
        record.encode(recordOutput.clear());
        long position = log.appendControl(record.kind(), recordOutput.buffer(), 0, recordOutput.length());
        bytes += recordOutput.length();
        state.apply(record, position);
        if (record instanceof TopicDeleted deleted) {
            for (int queueNo : deleted.queueNos()) {
                waiters.queueDropped(queueNo);
            }
        }
        leases.applied(record);
    }

    @Override
    public void append(EncodedMessage message, int queueNo) {
        long offset = log.queues().nextOffset(queueNo);
        long[] keys = state.topics().isCompacted(queueNo) ? message.keyHashesIn(queueNo) : message.keyHashes();
        long position = log.appendMessage(
                message.buffer(), message.index(), message.length(), queueNo, message.tagHash(), keys, keys.length);
        message.appended(offset, position);
        bytes += message.length();
        waiters.messageAppended(queueNo, message.tagHash());
        delayed.messageAppended(queueNo, nowMs);
        timed.messageAppended(queueNo, message.tagHash());
        leases.messageAppended(queueNo);
        appendedMessages.lazySet(appendedMessages.getPlain() + 1);
    }

    @Override
    public void move(EncodedMessage message, int queueNo) {
        long position = log.appendMoved(
                message.buffer(), message.index(), message.length(), queueNo, message.tagHash(), message.keyHashes());
        message.appended(message.queueOffset(), position);
        bytes += message.length();
    }

    @Override
    public void await(AwaitMessages waiter) {
        if (!state.topics().isLive(waiter.queueNo()) || nextOffset(waiter.queueNo()) > waiter.offset()) {
            return;
        }
        waiters.add(waiter);
        waiting = waiter;
    }

    @Override
    public void again(Command command) {
        again.add(command);
        waiting = command;
    }

    @Override
    public void postpone(Command command) {
        waiting = command;
    }
}
