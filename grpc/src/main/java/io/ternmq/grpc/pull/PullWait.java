package io.ternmq.grpc.pull;

import io.ternmq.broker.command.AwaitMessages;
import io.ternmq.broker.command.Refusal;
import io.ternmq.grpc.call.Later;
import org.jspecify.annotations.Nullable;

/** A {@link PullJob} that waits for its first message. */
final class PullWait extends AwaitMessages {
    private final PullJob job;
    private final Later<Boolean> later;

    PullWait(PullJob job, int queueNo, long offset, int @Nullable [] tagHashes, long deadlineMs) {
        super(queueNo, offset, tagHashes, deadlineMs);
        this.job = job;
        this.later = new Later<>(job.call(), done -> job.wokenUp());
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
