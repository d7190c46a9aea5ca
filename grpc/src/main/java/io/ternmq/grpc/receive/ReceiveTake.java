package io.ternmq.grpc.receive;

import io.ternmq.broker.access.Completion;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.lease.Leases;
import io.ternmq.broker.lease.TakeMessages;
import org.jspecify.annotations.Nullable;

/** One try of a {@link ReceiveJob} to get messages. */
final class ReceiveTake extends TakeMessages implements Completion {
    private final ReceiveJob job;
    private @Nullable Refusal refusal;
    private String refusalDetail = "";

    ReceiveTake(ReceiveJob job, Leases leases, Request request, Terms terms) {
        super(leases, request, terms);
        this.job = job;
    }

    @Override
    public boolean isAbandoned() {
        return !job.call().isOpen();
    }

    @Override
    protected void committed() {
        job.call().loop().replies().add(this);
    }

    @Override
    protected void refused(Refusal reason, String detail) {
        refusal = reason;
        refusalDetail = detail;
        job.call().loop().replies().add(this);
    }

    @Override
    public void failed() {
        job.call().fail();
    }

    @Override
    public void finish() {
        if (refusal == null) {
            job.answered(this);
        } else {
            job.refused(refusal, refusalDetail);
        }
    }
}
