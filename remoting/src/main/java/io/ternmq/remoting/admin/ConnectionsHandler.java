package io.ternmq.remoting.admin;

import io.ternmq.broker.member.ConsumerGroupView;
import io.ternmq.broker.member.Member;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.body.ConnectionsBody;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.List;

/** Shows who produces and consumes. */
public final class ConnectionsHandler implements RequestHandler {
    private final BrokerAccess access;

    /** @param access the members */
    public ConnectionsHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        switch (request.code()) {
            case RequestCode.GET_CONSUMER_CONNECTION_LIST -> consumers(exchange, request.getRequired("consumerGroup"));
            case RequestCode.GET_PRODUCER_CONNECTION_LIST -> producers(exchange, request.getRequired("producerGroup"));
            default ->
                exchange.succeed(ConnectionsBody.ofAllProducers(
                        access.membership().producerGroups(), access.clock().time()));
        }
    }

    private void consumers(Exchange exchange, String name) {
        ConsumerGroupView group = access.membership().consumers(name);
        if (group == null) {
            exchange.answer(ResponseCode.CONSUMER_NOT_ONLINE, "no consumer of the group '" + name + "' is there");
        } else {
            exchange.succeed(ConnectionsBody.ofConsumers(group));
        }
    }

    private void producers(Exchange exchange, String name) {
        List<Member> members = access.membership().producers(name);
        if (members.isEmpty()) {
            exchange.answer(ResponseCode.SYSTEM_ERROR, "no producer of the group '" + name + "' is there");
        } else {
            exchange.succeed(ConnectionsBody.ofProducers(members));
        }
    }
}
