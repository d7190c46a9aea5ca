package io.ternmq.remoting.client;

import io.ternmq.broker.member.Membership;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;

/** Notes that a client leaves its groups. */
public final class UnregisterHandler implements RequestHandler {
    private final Membership membership;

    /** @param membership who is there */
    public UnregisterHandler(Membership membership) {
        this.membership = membership;
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
        }
        exchange.succeed();
    }
}
