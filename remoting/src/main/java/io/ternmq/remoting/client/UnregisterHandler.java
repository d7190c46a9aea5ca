package io.ternmq.remoting.client;

import io.ternmq.broker.access.Ignored;
import io.ternmq.broker.member.Membership;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;

/** Notes that a client leaves its groups. */
public final class UnregisterHandler implements RequestHandler {
    private final BrokerAccess access;
    private final Membership membership;

    /** @param access who is there, and the shard, which knows the lanes */
    public UnregisterHandler(BrokerAccess access) {
        this.access = access;
        this.membership = access.membership();
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        String producerGroup = request.get("producerGroup");
        if (producerGroup != null) {
            membership.leaveProducers(exchange.connection(), producerGroup);
        }
        String consumerGroup = request.get("consumerGroup");
        if (consumerGroup != null) {
            membership.leaveConsumers(exchange.connection(), consumerGroup);
            leaveLanes(exchange, consumerGroup);
        }
        exchange.succeed();
    }

    /** Where the shard is busy, they end by themselves a little later. */
    private void leaveLanes(Exchange exchange, String group) {
        access.submitQuietly(
                access.shard().leases().leave(group, exchange.connection().remoteAddress(), new Ignored<>()));
    }
}
