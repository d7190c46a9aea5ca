package io.ternmq.remoting.pull;

import io.netty.buffer.ByteBuf;
import io.ternmq.broker.access.Completion;
import io.ternmq.broker.access.QueueTurns;
import io.ternmq.broker.catalog.Permission;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.claim.DoneOffsets;
import io.ternmq.broker.claim.QueueClaim;
import io.ternmq.broker.filter.RecordMatcher;
import io.ternmq.broker.filter.SqlFilter;
import io.ternmq.broker.lease.QueueRef;
import io.ternmq.broker.pull.FilteredRead;
import io.ternmq.broker.pull.TagHashes;
import io.ternmq.broker.traffic.Gate;
import io.ternmq.log.LogReader;
import io.ternmq.log.ReadLimits;
import io.ternmq.log.ReadResult;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.TagFilter;
import io.ternmq.protocol.remoting.PullRequest;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.access.RecordBuffer;
import io.ternmq.remoting.connection.ClientConnection;
import io.ternmq.remoting.connection.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One pull, until it is answered:
 * <pre>
 *   start → read (here or on a reader thread) ─┬─ something, or an offset that is not there ──► answer
 *     ▲                                        └─ nothing ─┬─ may wait ──► the shard wakes it ──► read once more
 *     └── not before the client reads its answers          └─ may not ──► answer 'nothing'
 * </pre>
 * A member that shares its group's queues reads a queue that is its own; before that it asks the shard for it, and again while others of
 * the group take from it by lease.
 *
 * <p>Messages that wake it and do not meet its expression leave it waiting, behind them, until its time is over.
 *
 * <p>Event-loop thread only, but for the read itself.
 */
final class PullJob {

    private static final String BUSY = "the server has too much to do, try again later";

    private final PullReader reader;
    private final Exchange exchange;
    private final PullRequest pull;
    private final int queueNo;
    private @Nullable QueueClaim claim;
    private @Nullable DoneOffsets done;
    private final int[] tagHashes;
    private final @Nullable RecordMatcher matcher;
    private final ReadLimits limits;
    private final Gate gate;
    private ReadLimits admitted;
    private long offset;
    private int bytesExpected;
    private boolean waited;
    private long deadlineMs;

    PullJob(PullReader reader, Exchange exchange, PullRequest pull, PullTerms terms) {
        this.reader = reader;
        this.exchange = exchange;
        this.pull = pull;
        this.queueNo = terms.queueNo();
        this.gate = terms.gate();
        this.claim = terms.claim();
        this.tagHashes = terms.subscription().tagHashes();
        SqlFilter filter = terms.subscription().filter();
        this.matcher = filter == null ? null : filter.matcher();
        this.offset = pull.queueOffset();
        this.limits = PullLimits.of(pull);
        this.admitted = limits;
    }

    /** Answers, now or later. */
    void start() {
        exchange.connection().whenWritable(this::enter);
    }

    Exchange exchange() {
        return exchange;
    }

    /** The wait is over, by a message or by its deadline. Meanwhile the topic may have been closed to readers, or deleted. */
    void wokenUp() {
        waited = true;
        Topic topic = reader.access().catalog().topic(pull.topic());
        if (topic == null) {
            exchange.answer(ResponseCode.TOPIC_NOT_EXIST, "the topic '" + pull.topic() + "' was deleted");
        } else if (!Permission.isReadable(topic.config().permission())) {
            exchange.answer(ResponseCode.NO_PERMISSION, "the topic '" + pull.topic() + "' is not readable any more");
        } else {
            start();
        }
    }

    /** The shard does not take the wait. */
    void notWaiting() {
        exchange.answer(ResponseCode.SYSTEM_BUSY, BUSY);
    }

    /** Asks for the queue first where it is not the member's. */
    private void enter() {
        if (claim == null || reader.access().broker().turns().isOpen(claim, exchange.connection())) {
            read();
        } else {
            QueueRef queue = new QueueRef(pull.consumerGroup(), pull.topic(), pull.queueId());
            Later<Boolean> answer = new Later<>(exchange, isGiven -> asked(queue, isGiven));
            reader.access()
                    .submit(exchange, reader.access().broker().turns().ask(queue, exchange.connection(), answer));
        }
    }

    private void asked(QueueRef queue, boolean isGiven) {
        claim = reader.access().broker().turns().asked(queue, exchange.connection());
        if (isGiven) {
            read();
        } else {
            waitForTurn();
        }
    }

    /** Others of the group take from the queue by lease: it is as if it had nothing. */
    private void waitForTurn() {
        long nowMs = nowMs();
        long leftMs = pull.suspends() ? deadlineMs(nowMs) - nowMs : 0;
        ClientConnection connection = exchange.connection();
        if (leftMs <= 0) {
            answer(ResponseCode.PULL_NOT_FOUND, pull.queueOffset());
        } else if (connection.beginWaiting()) {
            connection.later(Math.min(QueueTurns.ASK_AGAIN_MS, leftMs), this::held);
        } else {
            notWaiting();
        }
    }

    private void read() {
        passOverDone();
        long available = reader.queues().maxOffset(queueNo) - offset;
        if (available == 0) {
            nothingFound();
        } else if (!exchange.connection().hasRoomOutbound()) {
            exchange.answer(ResponseCode.SYSTEM_BUSY, "clients have not taken what was read for them");
        } else if (gate.isOpen() || isAdmitted()) {
            boolean inMemory = reader.isInMemory(queueNo, offset);
            int recordsExpected = (int) Math.max(1, Math.min(admitted.countMax(), available));
            bytesExpected = Math.min(admitted.bytesMax(), reader.expectedBytes(recordsExpected));
            if (inMemory) {
                readHere();
            } else {
                reader.access().read(exchange, this::read);
            }
        }
    }

    /** What was done by lease does not come again. */
    private void passOverDone() {
        done = claim == null ? null : claim.done();
        if (done != null) {
            offset = done.next(offset);
            done = offset < done.end() ? done : null;
        }
    }

    /** Where the group goes too fast its pull is held back for a while. @return whether it may go on now */
    private boolean isAdmitted() {
        long nowMs = nowMs();
        long holdMs = gate.holdMs(nowMs);
        if (holdMs > 0) {
            hold(nowMs, holdMs);
            return false;
        }
        admitted = new ReadLimits(
                gate.messagesMax(limits.countMax(), nowMs),
                gate.bytesMax(limits.bytesMax(), nowMs),
                limits.scanCountMax());
        return true;
    }

    private void hold(long nowMs, long holdMs) {
        long leftMs = deadlineMs(nowMs) - nowMs;
        ClientConnection connection = exchange.connection();
        if (leftMs <= 0) {
            answer(ResponseCode.PULL_RETRY_IMMEDIATELY, offset);
        } else if (connection.beginWaiting()) {
            connection.later(Math.min(holdMs, leftMs), this::held);
        } else {
            notWaiting();
        }
    }

    private void held() {
        exchange.connection().endWaiting();
        if (exchange.connection().isOpen()) {
            start();
        } else {
            exchange.leaveUnanswered();
        }
    }

    /** Whatever happens, the client is answered. */
    private void readHere() {
        Completion next = () -> exchange.answer(ResponseCode.SYSTEM_ERROR, "the log could not be read");
        try {
            next = read(reader.scratch());
        } finally {
            next.finish();
        }
    }

    private Completion read(ReadScratch scratch) {
        RecordBuffer records = new RecordBuffer(exchange.connection(), bytesExpected);
        boolean whole = false;
        try {
            ReadResult result = read(records, scratch);
            whole = true;
            return () -> answer(result, records.take());
        } finally {
            if (!whole) {
                records.take().release();
            }
        }
    }

    private ReadResult read(RecordBuffer records, ReadScratch scratch) {
        LogReader log = reader.access().shard().reader();
        TagFilter tags = tagHashes.length == 0 ? TagFilter.ALL : new TagHashes(tagHashes);
        if (matcher == null && done == null) {
            return log.read(queueNo, offset, admitted, tags, records, scratch);
        }
        return new FilteredRead(new FilteredRead.Wanted(tags, matcher, done), admitted, records)
                .read(log, queueNo, offset, scratch);
    }

    private void answer(ReadResult result, ByteBuf records) {
        if (result.count() > 0) {
            reader.access().traffic().given(pull.topic(), pull.consumerGroup(), result.count(), result.bytes());
            gate.took(result.count(), result.bytes(), nowMs());
            begin(ResponseCode.SUCCESS, result.nextOffset());
            exchange.end(records);
            return;
        }
        records.release();
        switch (result.end()) {
            case BEFORE_MIN ->
                answer(ResponseCode.PULL_OFFSET_MOVED, reader.queues().minOffset(queueNo));
            case BEHIND_MAX ->
                answer(ResponseCode.PULL_OFFSET_MOVED, reader.queues().maxOffset(queueNo));
            case LIMIT -> answer(ResponseCode.PULL_RETRY_IMMEDIATELY, result.nextOffset());
            case QUEUE_END -> queueEnd(result.nextOffset());
        }
    }

    private void queueEnd(long nextOffset) {
        if (nextOffset == offset) {
            nothingFound();
        } else if (matcher != null && waited && !isOver()) {
            offset = nextOffset;
            await();
        } else {
            answer(ResponseCode.PULL_RETRY_IMMEDIATELY, nextOffset);
        }
    }

    private void nothingFound() {
        if (offset > pull.queueOffset()) {
            answer(ResponseCode.PULL_RETRY_IMMEDIATELY, offset);
        } else if (waited || !pull.suspends()) {
            answer(ResponseCode.PULL_NOT_FOUND, offset);
        } else {
            await();
        }
    }

    private boolean isOver() {
        long nowMs = nowMs();
        return nowMs >= deadlineMs(nowMs);
    }

    /** @return until when its client is kept waiting, for a message or because its group goes too fast, both together */
    private long deadlineMs(long nowMs) {
        if (deadlineMs == 0) {
            deadlineMs = nowMs + (pull.suspends() ? PullLimits.waitMs(pull) : Gate.HOLD_MS_MAX);
        }
        return deadlineMs;
    }

    private long nowMs() {
        return reader.access().shard().timeMs();
    }

    private void await() {
        ClientConnection connection = exchange.connection();
        if (!connection.beginWaiting()) {
            notWaiting();
            return;
        }
        if (claim != null) {
            claim.waits(connection, deadlineMs(nowMs()));
        }
        PullWait wait = new PullWait(this, queueNo, offset, tagHashes, deadlineMs(nowMs()));
        if (!reader.access().shard().enqueue(wait)) {
            connection.endWaiting();
            notWaiting();
        }
    }

    private void answer(int code, long nextOffset) {
        begin(code, nextOffset);
        exchange.end();
    }

    private void begin(int code, long nextOffset) {
        exchange.begin(code, null)
                .field("suggestWhichBrokerId", 0)
                .field("nextBeginOffset", nextOffset)
                .field("minOffset", reader.queues().minOffset(queueNo))
                .field("maxOffset", reader.queues().maxOffset(queueNo));
    }
}
