package io.ternmq.broker.command;

import org.jspecify.annotations.Nullable;

/** One request to a shard. Any thread makes it and submits it once; from then on it belongs to the shard thread. */
public abstract class Command {
    private @Nullable Refusal refusal;
    private String refusalDetail = "";

    /** Reads state and hands its changes to the decision; shard thread. */
    public abstract void decide(Decision decision);

    /** @return how many bytes outside the heap it holds until it is answered; counted against the mailbox's limit */
    public int heldBytes() {
        return 0;
    }

    /** Refuses the command; {@code detail} names the thing, its value and what was expected. */
    public final void refuse(Refusal reason, String detail) {
        this.refusal = reason;
        this.refusalDetail = detail;
    }

    /** @return whether it was refused */
    public final boolean isRefused() {
        return refusal != null;
    }

    /** Answers it; the shard calls this once, after the commit. */
    public final void complete() {
        if (refusal == null) {
            committed();
        } else {
            refused(refusal, refusalDetail);
        }
    }

    /** What was decided is committed. On the shard thread; must return quickly and must not throw. */
    protected abstract void committed();

    /** Nothing was changed. On the shard thread; must return quickly and must not throw. */
    protected abstract void refused(Refusal reason, String detail);
}
