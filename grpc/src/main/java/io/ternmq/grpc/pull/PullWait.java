package io.ternmq.grpc.pull;

import io.ternmq.broker.access.Completion;
import io.ternmq.broker.command.AwaitMessages;
import io.ternmq.broker.command.Refusal;
import org.jspecify.annotations.Nullable;

/** A {@link PullJob} that waits for its first message. */
final class PullWait extends AwaitMessages implements Completion {
    private final PullJob job;
    private @Nullable Refusal refusal;
    private String refusalDetail = "";

    PullWait(PullJob job, int queueNo, long offset, int @Nullable [] tagHashes, long deadlineMs) {
        super(queueNo, offset, tagHashes, deadlineMs);
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
            job.wokenUp();
        } else {
            job.refused(refusal, refusalDetail);
        }
    }
}
