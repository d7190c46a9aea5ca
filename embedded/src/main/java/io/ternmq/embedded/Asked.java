package io.ternmq.embedded;

import io.ternmq.broker.command.Outcome;
import io.ternmq.broker.command.Refusal;
import java.util.concurrent.CompletableFuture;

/**
 * What a command yields, as a future. It completes on the shard's thread, which belongs to this module's own steps only.
 *
 * @param <T> what the command yields
 */
final class Asked<T> extends CompletableFuture<T> implements Outcome<T> {

    @Override
    public void committed(T result) {
        complete(result);
    }

    @Override
    public void refused(Refusal refusal, String detail) {
        completeExceptionally(Refused.of(refusal, detail));
    }
}
