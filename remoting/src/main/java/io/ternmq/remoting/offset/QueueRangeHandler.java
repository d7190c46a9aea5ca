package io.ternmq.remoting.offset;

import io.ternmq.broker.catalog.Topic;
import io.ternmq.log.index.QueueIndex;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.StoreTimes;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;

/** Tells what a queue holds: its first offset, its next one, the one of a time, and when its first message was stored. */
public final class QueueRangeHandler implements RequestHandler {
    private static final String UPPER = "upper";

    private final BrokerAccess access;

    /** @param access the shard that has the queues */
    public QueueRangeHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        Topic topic = access.catalog().topic(request.getRequired("topic"));
        int queueId = request.getInt("queueId");
        if (topic == null || !topic.hasQueue(queueId)) {
            unknownQueue(exchange, request.code());
            return;
        }
        int queueNo = topic.queueNo(queueId);
        QueueIndex queues = access.shard().queues();
        switch (request.code()) {
            case RequestCode.GET_MAX_OFFSET -> answer(exchange, "offset", queues.maxOffset(queueNo));
            case RequestCode.GET_MIN_OFFSET -> answer(exchange, "offset", queues.minOffset(queueNo));
            case RequestCode.GET_EARLIEST_MSG_STORETIME -> firstStored(exchange, queueNo);
            default -> {
                boolean upper = UPPER.equalsIgnoreCase(request.get("boundaryType"));
                offsetOfTime(exchange, queueNo, request.getLong("timestamp"), upper);
            }
        }
    }

    private void firstStored(Exchange exchange, int queueNo) {
        access.read(exchange, scratch -> {
            long storedMs = new StoreTimes(access.shard(), scratch).first(queueNo);
            return () -> answer(exchange, "timestamp", storedMs);
        });
    }

    /** The upper boundary is the last message of that time or before, the lower one the first of that time or behind. */
    private void offsetOfTime(Exchange exchange, int queueNo, long timeMs, boolean upper) {
        access.read(exchange, scratch -> {
            long minOffset = access.shard().queues().minOffset(queueNo);
            long offset = access.shard().reader().offsetOfTime(queueNo, upper ? timeMs + 1 : timeMs, scratch);
            long answered = upper ? Math.max(minOffset, offset - 1) : offset;
            return () -> answer(exchange, "offset", answered);
        });
    }

    private static void unknownQueue(Exchange exchange, int code) {
        if (code == RequestCode.GET_EARLIEST_MSG_STORETIME) {
            answer(exchange, "timestamp", StoreTimes.NONE);
        } else {
            answer(exchange, "offset", 0);
        }
    }

    private static void answer(Exchange exchange, String field, long value) {
        exchange.begin(ResponseCode.SUCCESS, null).field(field, value);
        exchange.end();
    }
}
