package io.ternmq.remoting.client;

import io.ternmq.broker.member.ConsumerGroupView;
import io.ternmq.broker.member.Member;
import io.ternmq.broker.member.Membership;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.body.NameListBody;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;

/** Tells the members of a consumer group, who share its queues among themselves. */
public final class ConsumerListHandler implements RequestHandler {
    private final Membership membership;

    /** @param membership who is there */
    public ConsumerListHandler(Membership membership) {
        this.membership = membership;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        String name = request.getRequired("consumerGroup");
        ConsumerGroupView group = membership.consumers(name);
        if (group == null) {
            exchange.answer(ResponseCode.SYSTEM_ERROR, "no consumer of the group '" + name + "' is there");
            return;
        }
        exchange.succeed(NameListBody.consumerIds(
                group.members().stream().map(Member::clientId).distinct().toList()));
    }
}
