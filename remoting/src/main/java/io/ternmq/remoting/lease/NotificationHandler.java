package io.ternmq.remoting.lease;

import io.ternmq.broker.lease.LeaseWait;
import io.ternmq.broker.lease.QueueRef;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.ConsumerGate;
import io.ternmq.remoting.assignment.RequestModes;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;

/** Tells a client when there is something to take, without handing it out. */
public final class NotificationHandler implements RequestHandler {
    private final BrokerAccess access;
    private final ConsumerGate gate;
    private final RequestModes modes;

    /** @param access the shard that has the messages */
    public NotificationHandler(BrokerAccess access) {
        this.access = access;
        this.gate = new ConsumerGate(access);
        this.modes = new RequestModes(access);
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        String problem = LaneFields.problem(request);
        if (problem != null) {
            exchange.answer(ResponseCode.MESSAGE_ILLEGAL, problem);
            return;
        }
        QueueRef queue = new QueueRef(
                request.getRequired("consumerGroup"), request.getRequired("topic"), request.getInt("queueId"));
        long deadlineMs = LeaseLimits.deadlineMs(
                request.getLong("pollTime", 0), access.shard().timeMs());
        boolean ordered = request.getBoolean("order", false);
        if (gate.lease(exchange, queue) == null) {
            return;
        }
        if (exchange.connection().beginWaiting()) {
            LeaseWait.Request wanted = new LeaseWait.Request(
                    queue.group(),
                    queue.topic(),
                    queue.queueId(),
                    false,
                    tagHash -> true,
                    ordered,
                    !modes.pullsRetries(queue.group()),
                    deadlineMs,
                    LaneFields.member(request, exchange.connection()));
            NotificationWait wait =
                    new NotificationWait(exchange, access.shard().leases(), wanted);
            if (!access.shard().enqueue(wait)) {
                exchange.connection().endWaiting();
                exchange.answer(ResponseCode.SYSTEM_BUSY, "the server has too much to do, try again later");
            }
        } else {
            NotificationWait.answer(exchange, LeaseWait.Result.TOO_MANY_WAIT);
        }
    }
}
