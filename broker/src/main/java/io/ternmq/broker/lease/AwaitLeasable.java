package io.ternmq.broker.lease;

import io.ternmq.broker.command.Decision;

/** Waits until a group could take something of a topic; takes nothing. */
public abstract class AwaitLeasable extends LeaseWait {
    /** @param leases of the shard that gets the command */
    protected AwaitLeasable(Leases leases, Request request) {
        super(leases, request);
    }

    @Override
    final boolean take(TopicLeases topic, Choice choice, Decision decision) {
        return choice.hasSome(this, topic, decision);
    }
}
