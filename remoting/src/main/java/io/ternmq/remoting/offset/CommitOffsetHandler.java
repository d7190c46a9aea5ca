package io.ternmq.remoting.offset;

import io.ternmq.broker.record.CommittedOffset;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;

/** Takes note of where a group goes on. */
public final class CommitOffsetHandler implements RequestHandler {
    private final BrokerAccess access;

    /** @param access the shard that keeps the offsets */
    public CommitOffsetHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        CommittedOffset offset = new CommittedOffset(
                request.getRequired("consumerGroup"),
                request.getRequired("topic"),
                request.getInt("queueId"),
                request.getLong("commitOffset"));
        Later<CommittedOffset> answer = new Later<>(exchange, committed -> exchange.succeed());
        access.submit(exchange, access.broker().turns().commit(offset, exchange.connection(), answer));
    }
}
