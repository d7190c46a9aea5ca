package io.ternmq.remoting.lease;

import io.netty.buffer.ByteBuf;
import io.ternmq.broker.access.Completion;
import io.ternmq.broker.catalog.Permission;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.filter.RecordMatcher;
import io.ternmq.broker.filter.SqlFilter;
import io.ternmq.broker.lease.Delivery;
import io.ternmq.broker.lease.LeaseWait;
import io.ternmq.broker.lease.Returned;
import io.ternmq.broker.lease.TakenMessages;
import io.ternmq.broker.lease.TakenRead;
import io.ternmq.broker.lease.TakenSink;
import io.ternmq.broker.member.Subscription;
import io.ternmq.broker.pull.TagHashes;
import io.ternmq.broker.traffic.Gate;
import io.ternmq.log.ReadScratch;
import io.ternmq.protocol.remoting.RemotingFrameEncoder;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.RecordBuffer;
import io.ternmq.remoting.access.Refusals;
import io.ternmq.remoting.connection.ClientConnection;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.pull.PullReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One request to take messages, until it is answered:
 * <pre>
 *   start → take (waits in the shard) ─┬─ messages ──► read ─┬─ some are for the client ──► answer
 *     ▲                                └─ none ──► answer    └─ the filter refused them all ─┐
 *     └── not before the client reads its answers ◄──────────────────────────────────────────┘
 * </pre>
 * Event-loop thread only, but for the read itself.
 */
final class PopJob {
    private static final String BUSY = "the server has too much to do, try again later";

    /** A request that does not wait tries so often to find messages that its filter passes. */
    private static final int TRIES_MAX = 64;

    /**
     * What the group says about it.
     *
     * @param subscription what it wants of the topic
     * @param withRetries whether it takes what came back to its retry topic besides
     * @param retryMax how often a message is tried again
     * @param rates how fast it may go
     */
    record Rules(Subscription subscription, boolean withRetries, int retryMax, Gate rates) {}

    private final PullReader reader;
    private final Exchange exchange;
    private final PopRequest pop;
    private final LeaseWait.Request wanted;
    private final @Nullable RecordMatcher matcher;
    private final int retryMax;
    private final Gate rates;
    private int tries;
    private long heldUntilMs;

    PopJob(PullReader reader, Exchange exchange, PopRequest pop, Rules rules) {
        this.reader = reader;
        this.exchange = exchange;
        this.pop = pop;
        this.retryMax = rules.retryMax();
        this.rates = rules.rates();
        int[] tagHashes = rules.subscription().tagHashes();
        IntPredicate tagFilter = tagHashes.length == 0 ? tagHash -> true : new TagHashes(tagHashes)::matches;
        this.wanted = pop.wanted(tagFilter, rules.withRetries());
        SqlFilter filter = rules.subscription().filter();
        this.matcher = filter == null ? null : filter.matcher();
    }

    /** Answers, now or later. */
    void start() {
        exchange.connection().whenWritable(this::take);
    }

    Exchange exchange() {
        return exchange;
    }

    private void take() {
        long nowMs = access().shard().timeMs();
        long holdMs = rates.isOpen() ? 0 : rates.holdMs(nowMs);
        if (holdMs > 0) {
            hold(nowMs, holdMs);
            return;
        }
        ClientConnection connection = exchange.connection();
        if (!connection.beginWaiting()) {
            answerNothing(ResponseCode.POLLING_FULL);
            return;
        }
        tries++;
        if (!access().shard().enqueue(new PopTake(this, access().shard().leases(), wanted, pop.terms(rates, nowMs)))) {
            connection.endWaiting();
            exchange.answer(ResponseCode.SYSTEM_BUSY, BUSY);
        }
    }

    /** The group goes too fast: nothing is taken for a while. */
    private void hold(long nowMs, long holdMs) {
        if (heldUntilMs == 0) {
            heldUntilMs = pop.deadlineMs() == 0 ? nowMs + Gate.HOLD_MS_MAX : pop.deadlineMs();
        }
        ClientConnection connection = exchange.connection();
        if (nowMs >= heldUntilMs) {
            answerNothing(codeOf(LeaseWait.Result.NOTHING));
        } else if (connection.beginWaiting()) {
            connection.later(Math.min(holdMs, heldUntilMs - nowMs), this::held);
        } else {
            answerNothing(ResponseCode.POLLING_FULL);
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

    void refused(Refusal refusal, String detail) {
        exchange.connection().endWaiting();
        exchange.answer(Refusals.code(refusal), detail);
    }

    void answered(PopTake take) {
        ClientConnection connection = exchange.connection();
        connection.endWaiting();
        if (take.taken().isEmpty()) {
            answerNothing(codeOf(take.result()));
        } else if (!connection.isOpen()) {
            returned(take).all(0);
            exchange.leaveUnanswered();
        } else if (!isReadable()) {
            returned(take).all(LeaseLimits.TAKEN_BACK_MS);
            exchange.answer(ResponseCode.NO_PERMISSION, "the topic '" + pop.topic() + "' is not readable any more");
        } else if (!connection.isWritable()) {
            returned(take).all(0); // a client that reads may have them
            start();
        } else if (!connection.hasRoomOutbound()) {
            returned(take).all(LeaseLimits.TAKEN_BACK_MS);
            exchange.answer(ResponseCode.SYSTEM_BUSY, "clients have not taken what was read for them");
        } else {
            read(take);
        }
    }

    /** It may have been closed to readers while the request waited. */
    private boolean isReadable() {
        Topic topic = access().catalog().topic(pop.topic());
        return topic != null && Permission.isReadable(topic.config().permission());
    }

    private int codeOf(LeaseWait.Result result) {
        if (result == LeaseWait.Result.TOO_MANY_WAIT) {
            return ResponseCode.POLLING_FULL;
        }
        return pop.deadlineMs() == 0 ? ResponseCode.PULL_NOT_FOUND : ResponseCode.POLLING_TIMEOUT;
    }

    private void read(PopTake take) {
        if (areInMemory(take.taken())) {
            readHere(take);
        } else if (!access().readers().submit(scratch -> readThere(take, scratch))) {
            returned(take).all(LeaseLimits.TAKEN_BACK_MS);
            exchange.answer(ResponseCode.SYSTEM_BUSY, BUSY);
        }
    }

    private boolean areInMemory(List<TakenMessages> all) {
        for (TakenMessages taken : all) {
            if (!reader.isInMemory(taken.queueNo(), taken.offsets()[0])) {
                return false;
            }
        }
        return true;
    }

    /** Whatever happens, the client is answered. */
    private void readHere(PopTake take) {
        Completion next = () -> failed(take);
        try {
            next = read(take, reader.scratch());
        } finally {
            next.finish();
        }
    }

    private void readThere(PopTake take, ReadScratch scratch) {
        Completion next = () -> failed(take);
        try {
            next = read(take, scratch);
        } finally {
            exchange.replies().run(exchange.answered(next));
        }
    }

    private void failed(PopTake take) {
        returned(take).all(LeaseLimits.TAKEN_BACK_MS);
        exchange.answer(ResponseCode.SYSTEM_ERROR, "the log could not be read");
    }

    private Completion read(PopTake take, ReadScratch scratch) {
        RecordBuffer records = new RecordBuffer(exchange.connection(), LeaseLimits.BYTES_MAX / 16);
        boolean whole = false;
        try {
            List<Delivery> deliveries = read(take, records, scratch);
            whole = true;
            return () -> deliver(take, deliveries, records.take());
        } finally {
            if (!whole) {
                records.take().release();
            }
        }
    }

    private List<Delivery> read(PopTake take, RecordBuffer records, ReadScratch scratch) {
        TakenSink sink = new PopRecords(
                pop.topic(), records, new RetryCopies(pop, access().identity().brokerName(), take.popTimeMs()));
        TakenRead.Wanted all = new TakenRead.Wanted(pop.topic(), matcher, retryMax);
        List<Delivery> deliveries = new ArrayList<>(take.taken().size());
        for (TakenMessages taken : take.taken()) {
            Delivery delivery = Delivery.of(taken);
            new TakenRead(delivery, all, sink, RecordBuffer.BYTES_MAX)
                    .read(access().shard().reader(), reader.queues().minOffset(taken.queueNo()), scratch);
            deliveries.add(delivery);
        }
        return deliveries;
    }

    private void deliver(PopTake take, List<Delivery> deliveries, ByteBuf records) {
        Returned returned = returned(take);
        boolean isOpen = exchange.connection().isOpen();
        boolean isEmpty = true;
        for (Delivery delivery : deliveries) {
            returned.rest(delivery);
            isEmpty &= delivery.sent().isEmpty();
            if (!isOpen) {
                returned.sent(delivery);
            }
        }
        if (!isOpen) {
            records.release();
            exchange.leaveUnanswered();
        } else if (isEmpty) {
            records.release();
            nothingFits();
        } else {
            answer(take, deliveries, records);
        }
    }

    private void nothingFits() {
        boolean isOver =
                pop.deadlineMs() == 0 ? tries >= TRIES_MAX : access().shard().timeMs() >= pop.deadlineMs();
        if (isOver) {
            answerNothing(codeOf(LeaseWait.Result.NOTHING));
        } else {
            start();
        }
    }

    private void answer(PopTake take, List<Delivery> deliveries, ByteBuf records) {
        int count =
                deliveries.stream().mapToInt(delivery -> delivery.sent().size()).sum();
        rates.took(count, records.readableBytes(), access().shard().timeMs());
        access().traffic().given(pop.topic(), pop.group(), count, records.readableBytes());
        OffsetsText texts = new OffsetsText(deliveries);
        RemotingFrameEncoder answer = begin(ResponseCode.SUCCESS, take.popTimeMs(), take.restCount())
                .field("startOffsetInfo", texts.starts())
                .field("msgOffsetInfo", texts.offsets());
        if (pop.ordered() && !texts.counts().isEmpty()) {
            answer.field("orderCountInfo", texts.counts());
        }
        exchange.end(records);
    }

    private void answerNothing(int code) {
        begin(code, access().shard().timeMs(), 0);
        exchange.end();
    }

    /** Clients want these fields in every answer. */
    private RemotingFrameEncoder begin(int code, long popTimeMs, long restCount) {
        return exchange.begin(code, null)
                .field("popTime", popTimeMs)
                .field("invisibleTime", pop.invisibleMs())
                .field("reviveQid", pop.reviveQueueId())
                .field("restNum", restCount);
    }

    private Returned returned(PopTake take) {
        return new Returned(access().shard().leases(), access()::submitQuietly, pop.group(), take);
    }

    private BrokerAccess access() {
        return reader.access();
    }
}
