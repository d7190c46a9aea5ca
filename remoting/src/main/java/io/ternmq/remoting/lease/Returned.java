package io.ternmq.remoting.lease;

import io.ternmq.broker.command.Command;
import io.ternmq.broker.lease.LeaseHandle;
import io.ternmq.broker.lease.Leases;
import io.ternmq.broker.lease.QueueRef;
import io.ternmq.broker.lease.TakenMessages;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.Ignored;
import org.agrona.collections.LongArrayList;

/** Returns to the shard what was handed out and does not go to the client. Where the shard is busy, that comes to its deadline. */
final class Returned {
    private final BrokerAccess access;
    private final Leases leases;
    private final String group;
    private final PopTake take;

    Returned(BrokerAccess access, String group, PopTake take) {
        this.access = access;
        this.leases = access.shard().leases();
        this.group = group;
        this.take = take;
    }

    /** All that was taken is seen again after a while. */
    void all(long delayMs) {
        for (TakenMessages taken : take.taken()) {
            submit(leases.takeBack(handle(taken, taken.offsets()), delayMs, new Ignored<>()));
        }
    }

    /** What could have gone to the client is seen again at once. */
    void sent(Delivery delivery) {
        takeBack(delivery.taken(), delivery.sent());
    }

    /** What could not go to the client. */
    void rest(Delivery delivery) {
        TakenMessages taken = delivery.taken();
        takeBack(taken, delivery.left());
        if (!delivery.done().isEmpty()) {
            submit(leases.acknowledge(handle(taken, delivery.done().toLongArray()), new Ignored<>()));
        }
        if (!delivery.exhausted().isEmpty()) {
            submit(leases.giveUp(handle(taken, delivery.exhausted().toLongArray()), new Ignored<>()));
        }
        for (Delivery.Foreign foreign : delivery.foreign()) {
            LeaseHandle handle = handle(taken, new long[] {foreign.offset()});
            submit(leases.handOver(handle, foreign.topic(), new Ignored<>()));
        }
    }

    private void takeBack(TakenMessages taken, LongArrayList offsets) {
        if (!offsets.isEmpty()) {
            submit(leases.takeBack(handle(taken, offsets.toLongArray()), 0, new Ignored<>()));
        }
    }

    private LeaseHandle handle(TakenMessages taken, long[] offsets) {
        return new LeaseHandle(new QueueRef(group, taken.topic(), taken.queueId()), offsets, take.popTimeMs());
    }

    private void submit(Command command) {
        access.submitQuietly(command);
    }
}
