package io.ternmq.runtime.consume;

import io.ternmq.Lease;
import io.ternmq.ReceivedMessage;
import io.ternmq.engine.GroupMember;
import io.ternmq.engine.LeasedMessage;
import io.ternmq.runtime.message.Awaiting;
import io.ternmq.runtime.message.Converters;
import io.ternmq.runtime.message.Received;
import java.time.Duration;
import java.time.Instant;

/** A lease in an application's hands. */
final class EngineLease implements Lease {

    private final GroupMember member;
    private final ReceivedMessage message;
    private LeasedMessage lease;

    EngineLease(GroupMember member, LeasedMessage lease, Converters converters) {
        this.member = member;
        this.lease = lease;
        this.message = new Received(lease.message(), converters);
    }

    @Override
    public ReceivedMessage message() {
        return message;
    }

    @Override
    public synchronized Instant deadline() {
        return lease.deadline();
    }

    @Override
    public synchronized void ack() {
        Awaiting.get(member.ack(lease));
    }

    @Override
    public synchronized void extend(Duration invisible) {
        lease = Awaiting.get(member.extend(lease, InvisibleTime.check(invisible)));
    }

    @Override
    public synchronized void nack(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay: " + delay + " (expected: 0 or more)");
        }
        Awaiting.get(member.retry(lease, delay));
    }

    @Override
    public synchronized void deadLetter() {
        Awaiting.get(member.deadLetter(lease));
    }
}
