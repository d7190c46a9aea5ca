package io.ternmq.remoting.client;

import io.ternmq.broker.access.QueueLocking;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.member.QueueLocks.Locked;
import io.ternmq.broker.member.QueueLocks.LockedQueue;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.ConsumerGate;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.body.LockBody;
import io.ternmq.remoting.body.QueueName;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.List;

/** Locks queues for consumers that consume in order, and takes locks back. */
public final class LockHandler implements RequestHandler {
    private final BrokerAccess access;
    private final ConsumerGate gate;
    private final QueueLocking locking;
    private final String brokerName;

    /** @param access knows the locks, and the broker's own name */
    public LockHandler(BrokerAccess access) {
        this.access = access;
        this.gate = new ConsumerGate(access);
        this.locking = access.broker().locking();
        this.brokerName = access.identity().brokerName();
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        LockBody body = LockBody.parse(request.body());
        List<LockedQueue> queues = body.queues().stream()
                .filter(this::isHere)
                .map(queue -> new LockedQueue(queue.topic(), queue.queueId()))
                .distinct()
                .toList();
        if (request.code() == RequestCode.UNLOCK_BATCH_MQ) {
            Later<Integer> done = new Later<>(exchange, count -> exchange.succeed());
            access.submit(exchange, locking.unlock(body.group(), body.clientId(), queues, done));
        } else if (gate.find(body.group()) == null) {
            exchange.answer(
                    ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST, "the group '" + body.group() + "' does not exist");
        } else {
            Later<Locked> done = new Later<>(exchange, locked -> answer(exchange, locked));
            access.submit(exchange, locking.lock(body.group(), body.clientId(), queues, done));
        }
    }

    private boolean isHere(QueueName queue) {
        Topic topic = queue.brokerName().equals(brokerName) ? access.catalog().topic(queue.topic()) : null;
        return topic != null && topic.hasQueue(queue.queueId());
    }

    private void answer(Exchange exchange, Locked locked) {
        if (locked.full() && locked.queues().isEmpty()) {
            exchange.answer(ResponseCode.SYSTEM_BUSY, "too many queues are locked, try again later");
        } else {
            exchange.succeed(LockBody.locked(locked.queues().stream()
                    .map(queue -> new QueueName(queue.topic(), brokerName, queue.queueId()))
                    .toList()));
        }
    }
}
