package io.ternmq.client.send;

import io.ternmq.SendReceipt;
import io.ternmq.TernMQException;
import io.ternmq.UnavailableException;
import io.ternmq.protocol.remoting.RemotingFrame;
import java.util.concurrent.CompletableFuture;

/** A message that somebody else has written, and whose place matters. */
final class DraftSend extends Send {

    private final CompletableFuture<Stored> result = new CompletableFuture<>();

    DraftSend(SendTerms terms, Draft draft) {
        super(terms, draft);
    }

    CompletableFuture<Stored> result() {
        return result;
    }

    @Override
    void stored(SendReceipt receipt, RemotingFrame answer) {
        String offsetId = answer.get("msgId");
        result.complete(new Stored(receipt, offsetId == null ? "" : offsetId));
    }

    @Override
    protected void failed(TernMQException failure) {
        if (failure instanceof UnavailableException) {
            terms().routes().forget(draft().partition().topic());
        }
        result.completeExceptionally(failure);
    }
}
