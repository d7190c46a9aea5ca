package io.ternmq.remoting.lease;

import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;

/** Tells how many requests of a group wait for messages of a topic, over all of its queues. */
public final class WaitingCountHandler implements RequestHandler {
    private final BrokerAccess access;

    /** @param access the shard where they wait */
    public WaitingCountHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        String group = request.getRequired("consumerGroup");
        String topic = request.getRequired("topic");
        Later<Integer> answer = new Later<>(exchange, count -> {
            exchange.begin(ResponseCode.SUCCESS, null).field("pollingNum", count);
            exchange.end();
        });
        access.submit(exchange, access.shard().leases().countWaiting(group, topic, answer));
    }
}
