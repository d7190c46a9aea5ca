package io.ternmq.broker.lease;

import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Outcome;
import io.ternmq.broker.command.Refusal;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.collections.LongArrayList;

/** Returns to the shard what was handed out and does not go to the client. Where the shard is busy, that comes to its deadline. */
public final class Returned {
    private final Leases leases;
    private final Consumer<Command> submit;
    private final String group;
    private final List<TakenMessages> all;
    private final long popTimeMs;

    /**
     * @param submit hands commands to the shard that has the leases
     * @param group who took
     * @param take what was handed out
     */
    public Returned(Leases leases, Consumer<Command> submit, String group, TakeMessages take) {
        this.leases = leases;
        this.submit = submit;
        this.group = group;
        this.all = take.taken();
        this.popTimeMs = take.popTimeMs();
    }

    /** All that was taken is seen again after a while. */
    public void all(long delayMs) {
        for (TakenMessages taken : all) {
            submit.accept(leases.takeBack(handle(taken, taken.offsets()), delayMs, new Unheard<>()));
        }
    }

    /** What could have gone to the client is seen again at once. */
    public void sent(Delivery delivery) {
        takeBack(delivery.taken(), delivery.sent());
    }

    /** What could not go to the client. */
    public void rest(Delivery delivery) {
        TakenMessages taken = delivery.taken();
        takeBack(taken, delivery.left());
        if (!delivery.done().isEmpty()) {
            submit.accept(leases.acknowledge(handle(taken, delivery.done().toLongArray()), new Unheard<>()));
        }
        if (!delivery.exhausted().isEmpty()) {
            submit.accept(leases.giveUp(handle(taken, delivery.exhausted().toLongArray()), new Unheard<>()));
        }
        for (Delivery.Foreign foreign : delivery.foreign()) {
            LeaseHandle handle = handle(taken, new long[] {foreign.offset()});
            submit.accept(leases.handOver(handle, foreign.topic(), new Unheard<>()));
        }
    }

    private void takeBack(TakenMessages taken, LongArrayList offsets) {
        if (!offsets.isEmpty()) {
            submit.accept(leases.takeBack(handle(taken, offsets.toLongArray()), 0, new Unheard<>()));
        }
    }

    private LeaseHandle handle(TakenMessages taken, long[] offsets) {
        return new LeaseHandle(new QueueRef(group, taken.topic(), taken.queueId()), offsets, popTimeMs);
    }

    /** Nobody waits for what comes of it. */
    private static final class Unheard<T> implements Outcome<T> {
        @Override
        public void committed(T result) {}

        @Override
        public void refused(Refusal refusal, String detail) {}
    }
}
