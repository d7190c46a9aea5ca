package io.ternmq.remoting.lease;

import io.ternmq.broker.lease.LeaseAnswer;
import io.ternmq.broker.lease.LeaseHandle;
import io.ternmq.broker.lease.QueueRef;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.body.BatchAcknowledgeBody;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.ArrayList;
import java.util.List;

/** Ends leases: their messages are done. One at a time, or all that a client has gathered. */
public final class LeaseEndHandler implements RequestHandler {
    private static final String TOO_LATE = "the message was handed out again, or the lease was renewed, since";
    private static final String UNKNOWN = "the group has no such message";

    private final BrokerAccess access;

    /** @param access the shard that has the leases */
    public LeaseEndHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        if (request.code() == RequestCode.BATCH_ACK_MESSAGE) {
            acknowledge(exchange, BatchAcknowledgeBody.parse(request.body()));
            return;
        }
        LeaseNamed named = LeaseNamed.read(request, access, exchange);
        if (named != null) {
            access.submit(
                    exchange,
                    access.shard()
                            .leases()
                            .acknowledge(named.lease(), new Later<>(exchange, answer -> answer(exchange, answer))));
        }
    }

    private void acknowledge(Exchange exchange, List<BatchAcknowledgeBody.Row> rows) {
        List<LeaseHandle> handles = new ArrayList<>(rows.size());
        long count = 0;
        for (BatchAcknowledgeBody.Row row : rows) {
            String topic = RetryTopics.realTopic(row.mark(), row.topic(), row.group());
            long[] offsets = row.offsets().stream()
                    .mapToLong(bit -> row.startOffset() + bit)
                    .toArray();
            count += offsets.length;
            handles.add(new LeaseHandle(new QueueRef(row.group(), topic, row.queueId()), offsets, row.popTimeMs()));
        }
        if (count == 0 || count > LeaseLimits.ACKNOWLEDGED_COUNT_MAX) {
            exchange.answer(
                    ResponseCode.MESSAGE_ILLEGAL,
                    "acks: " + count + " messages (expected: 1.." + LeaseLimits.ACKNOWLEDGED_COUNT_MAX + ")");
            return;
        }
        AnswerToAll answers = new AnswerToAll(exchange, handles.size());
        for (LeaseHandle handle : handles) {
            if (!access.shard().enqueue(access.shard().leases().acknowledge(handle, answers.next()))) {
                answers.busy();
            }
        }
    }

    static void answer(Exchange exchange, LeaseAnswer answer) {
        switch (answer) {
            case DONE -> exchange.succeed();
            case TOO_LATE -> exchange.answer(ResponseCode.NO_MESSAGE, TOO_LATE);
            case UNKNOWN -> exchange.answer(ResponseCode.NO_MESSAGE, UNKNOWN);
        }
    }
}
