package io.ternmq.grpc.receive;

import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.lease.Leases;
import io.ternmq.broker.lease.TakeMessages;
import io.ternmq.grpc.call.Later;

/** One try of a {@link ReceiveJob} to get messages. */
final class ReceiveTake extends TakeMessages {
    private final ReceiveJob job;
    private final Later<Boolean> later;

    ReceiveTake(ReceiveJob job, Leases leases, Request request, Terms terms) {
        super(leases, request, terms);
        this.job = job;
        this.later = new Later<>(job.call(), done -> job.answered(this));
    }

    @Override
    public boolean isAbandoned() {
        return !job.call().isOpen();
    }

    @Override
    protected void committed() {
        later.committed(true);
    }

    @Override
    protected void refused(Refusal reason, String detail) {
        later.refused(reason, detail);
    }
}
