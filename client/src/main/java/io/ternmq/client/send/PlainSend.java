package io.ternmq.client.send;

import io.ternmq.Partition;
import io.ternmq.SendReceipt;
import io.ternmq.TernMQException;
import io.ternmq.UnavailableException;
import io.ternmq.client.wire.Bundle;
import io.ternmq.protocol.remoting.RemotingFrame;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A message that is seen at once, or when its time has come. */
final class PlainSend extends Send {

    private final boolean mayBeBatched;
    private final CompletableFuture<SendReceipt> result = new CompletableFuture<>();

    /** @param mayBeBatched whether it may share a request with others to the same partition */
    PlainSend(SendTerms terms, Draft draft, boolean mayBeBatched) {
        super(terms, draft);
        this.mayBeBatched = mayBeBatched;
    }

    CompletableFuture<SendReceipt> result() {
        return result;
    }

    void stored(long offset) {
        result.complete(receipt(draft().partition().id(), offset, null));
    }

    @Override
    void stored(SendReceipt receipt, RemotingFrame answer) {
        result.complete(receipt);
    }

    @Override
    protected void failed(TernMQException failure) {
        if (failure instanceof UnavailableException) {
            terms().routes().forget(draft().partition().topic());
        }
        result.completeExceptionally(failure);
    }

    @Override
    protected @Nullable Object bundleKey() {
        return mayBeBatched ? partition() : null;
    }

    @Override
    protected Bundle bundle() {
        return new SendBundle(this);
    }

    private Partition partition() {
        return draft().partition();
    }
}
