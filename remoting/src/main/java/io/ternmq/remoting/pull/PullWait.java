package io.ternmq.remoting.pull;

import io.ternmq.broker.access.Completion;
import io.ternmq.broker.command.AwaitMessages;
import io.ternmq.broker.command.Refusal;

/** A pull that waits for its first message. */
final class PullWait extends AwaitMessages implements Completion {
    private final PullJob job;
    private boolean refused;

    PullWait(PullJob job, int queueNo, long offset, int[] tagHashes, long deadlineMs) {
        super(queueNo, offset, tagHashes.length == 0 ? null : tagHashes, deadlineMs);
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
        refused = true;
        job.exchange().replies().add(this);
    }

    @Override
    public void failed() {
        job.exchange().fail();
    }

    @Override
    public void finish() {
        job.exchange().connection().endWaiting();
        if (refused) {
            job.notWaiting();
        } else {
            job.wokenUp();
        }
    }
}
