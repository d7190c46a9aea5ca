package io.ternmq.embedded;

import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.lease.Leases;
import io.ternmq.broker.lease.TakeMessages;
import io.ternmq.engine.LeasedMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One request to take messages, while it waits in the shard. */
final class Take extends TakeMessages {

    private final CompletableFuture<List<LeasedMessage>> result;
    private final Consumer<Take> over;

    /**
     * @param result is abandoned when it is completed from outside
     * @param over   goes on with what was taken, on the shard's thread
     */
    Take(
            Leases leases,
            Request request,
            Terms terms,
            CompletableFuture<List<LeasedMessage>> result,
            Consumer<Take> over) {
        super(leases, request, terms);
        this.result = result;
        this.over = over;
    }

    @Override
    public boolean isAbandoned() {
        return result.isDone();
    }

    @Override
    protected void committed() {
        over.accept(this);
    }

    @Override
    protected void refused(Refusal reason, String detail) {
        result.completeExceptionally(Refused.of(reason, detail));
    }
}
