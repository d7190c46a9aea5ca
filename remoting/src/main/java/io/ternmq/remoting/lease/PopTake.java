package io.ternmq.remoting.lease;

import io.ternmq.broker.access.Completion;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.lease.Leases;
import io.ternmq.broker.lease.TakeMessages;
import org.jspecify.annotations.Nullable;

/** One try of a {@link PopJob} to get messages. */
final class PopTake extends TakeMessages implements Completion {
    private final PopJob job;
    private @Nullable Refusal refusal;
    private String refusalDetail = "";

    PopTake(PopJob job, Leases leases, Request request, Terms terms) {
        super(leases, request, terms);
        this.job = job;
    }

    @Override
    public boolean isAbandoned() {
        return !job.exchange().connection().isOpen();
    }

    @Override
    protected void committed() {
        job.exchange().replies().add(this);
    }

    @Override
    protected void refused(Refusal reason, String detail) {
        refusal = reason;
        refusalDetail = detail;
        job.exchange().replies().add(this);
    }

    @Override
    public void failed() {
        job.exchange().fail();
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
