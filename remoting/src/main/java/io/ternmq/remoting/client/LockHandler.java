package io.ternmq.remoting.client;

import io.ternmq.broker.member.QueueLocks;
import io.ternmq.broker.member.QueueLocks.LockedQueue;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.body.LockBody;
import io.ternmq.remoting.body.QueueName;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.List;

/** Locks queues for consumers that consume in order, and takes locks back. */
public final class LockHandler implements RequestHandler {
    private final QueueLocks locks;
    private final String brokerName;

    /** @param access knows the locks, and the broker's own name */
    public LockHandler(BrokerAccess access) {
        this.locks = access.membership().locks();
        this.brokerName = access.identity().brokerName();
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        LockBody body = LockBody.parse(request.body());
        List<LockedQueue> queues = body.queues().stream()
                .filter(queue -> queue.brokerName().equals(brokerName))
                .map(queue -> new LockedQueue(queue.topic(), queue.queueId()))
                .toList();
        if (request.code() == RequestCode.LOCK_BATCH_MQ) {
            List<LockedQueue> locked = locks.lock(body.group(), body.clientId(), queues);
            exchange.succeed(LockBody.locked(locked.stream()
                    .map(queue -> new QueueName(queue.topic(), brokerName, queue.queueId()))
                    .toList()));
        } else {
            locks.unlock(body.group(), body.clientId(), queues);
            exchange.succeed();
        }
    }
}
