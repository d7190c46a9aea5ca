package io.ternmq.remoting.pull;

import io.netty.buffer.ByteBuf;
import io.ternmq.broker.member.Subscription;
import io.ternmq.log.ReadLimits;
import io.ternmq.log.ReadResult;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.TagFilter;
import io.ternmq.protocol.remoting.PullRequest;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.RecordBuffer;
import io.ternmq.remoting.connection.ClientConnection;
import io.ternmq.remoting.connection.Completion;
import io.ternmq.remoting.connection.Exchange;

/**
 * One pull, until it is answered:
 * <pre>
 *   start → read (here or on a reader thread) ─┬─ something, or an offset that is not there ──► answer
 *     ▲                                        └─ nothing ─┬─ may wait ──► the shard wakes it ──► read once more
 *     └── not before the client reads its answers          └─ may not ──► answer 'nothing'
 * </pre>
 * Event-loop thread only, but for the read itself.
 */
final class PullJob {
    private static final String BUSY = "the server has too much to do, try again later";

    private final PullReader reader;
    private final Exchange exchange;
    private final PullRequest pull;
    private final int queueNo;
    private final int[] tagHashes;
    private final ReadLimits limits;
    private int bytesExpected;
    private boolean waited;

    PullJob(PullReader reader, Exchange exchange, PullRequest pull, int queueNo, Subscription subscription) {
        this.reader = reader;
        this.exchange = exchange;
        this.pull = pull;
        this.queueNo = queueNo;
        this.tagHashes = subscription.tagHashes();
        this.limits = PullLimits.of(pull);
    }

    /** Answers, now or later. */
    void start() {
        exchange.connection().whenWritable(this::read);
    }

    Exchange exchange() {
        return exchange;
    }

    /** The wait is over, by a message or by its deadline. */
    void wokenUp() {
        waited = true;
        start();
    }

    /** The shard does not take the wait. */
    void notWaiting() {
        exchange.answer(ResponseCode.SYSTEM_BUSY, BUSY);
    }

    private void read() {
        long offset = pull.queueOffset();
        long available = reader.queues().maxOffset(queueNo) - offset;
        if (available == 0) {
            nothingFound();
        } else if (!exchange.connection().hasRoomOutbound()) {
            exchange.answer(ResponseCode.SYSTEM_BUSY, "clients have not taken what was read for them");
        } else {
            boolean inMemory = reader.isInMemory(queueNo, offset);
            int recordsExpected = (int) Math.max(1, Math.min(limits.countMax(), available));
            bytesExpected = Math.min(limits.bytesMax(), reader.expectedBytes(recordsExpected));
            if (inMemory) {
                readHere();
            } else {
                reader.access().read(exchange, this::read);
            }
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
        TagFilter filter = tagHashes.length == 0 ? TagFilter.ALL : new TagHashes(tagHashes);
        boolean whole = false;
        try {
            ReadResult result = reader.access()
                    .shard()
                    .reader()
                    .read(queueNo, pull.queueOffset(), limits, filter, records, scratch);
            whole = true;
            return () -> answer(result, records.take());
        } finally {
            if (!whole) {
                records.take().release();
            }
        }
    }

    private void answer(ReadResult result, ByteBuf records) {
        if (result.count() > 0) {
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
            case QUEUE_END -> {
                if (result.nextOffset() > pull.queueOffset()) {
                    answer(ResponseCode.PULL_RETRY_IMMEDIATELY, result.nextOffset());
                } else {
                    nothingFound();
                }
            }
        }
    }

    private void nothingFound() {
        ClientConnection connection = exchange.connection();
        if (waited || !pull.suspends()) {
            answer(ResponseCode.PULL_NOT_FOUND, pull.queueOffset());
        } else if (!connection.beginWaiting()) {
            notWaiting();
        } else {
            long deadlineMs = reader.access().clock().time() + PullLimits.waitMs(pull);
            PullWait wait = new PullWait(this, queueNo, pull.queueOffset(), tagHashes, deadlineMs);
            if (!reader.access().shard().enqueue(wait)) {
                connection.endWaiting();
                notWaiting();
            }
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
