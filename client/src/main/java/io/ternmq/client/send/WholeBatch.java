package io.ternmq.client.send;

import io.ternmq.OutcomeUnknownException;
import io.ternmq.SendReceipt;
import io.ternmq.TernMQException;
import io.ternmq.client.wire.Request;
import io.ternmq.client.wire.RequestWriter;
import io.ternmq.protocol.remoting.BadFieldException;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Messages that an application sends as one: all are stored, or none. */
final class WholeBatch extends Request {

    private final SendTerms terms;
    private final List<Draft> drafts;
    private final Draft first;
    private final int bytes;
    private final CompletableFuture<List<SendReceipt>> result = new CompletableFuture<>();

    WholeBatch(SendTerms terms, List<Draft> drafts) {
        this.terms = terms;
        this.drafts = drafts;
        this.first = drafts.get(0);
        this.bytes = drafts.stream().mapToInt(Draft::batchedBytes).sum();
    }

    CompletableFuture<List<SendReceipt>> result() {
        return result;
    }

    int bytes() {
        return bytes;
    }

    @Override
    protected String what() {
        return "send a batch of " + drafts.size() + " to " + first.partition();
    }

    @Override
    protected int heldBytes() {
        return bytes;
    }

    @Override
    protected long timeoutMs() {
        return terms.timeoutMs();
    }

    @Override
    protected boolean isRepeatable() {
        return false;
    }

    @Override
    protected Object comesBehind() {
        return first.partition();
    }

    @Override
    protected void write(RequestWriter out) {
        SendFields.writeBatch(out, RequestCode.SEND_BATCH_MESSAGE, terms, first)
                .end(new BatchBodyWriter<>(drafts, draft -> draft, bytes));
    }

    @Override
    protected void answered(@Nullable RemotingFrame answer) {
        if (answer == null) {
            return;
        }
        TernMQException refusal = Send.refusal(what(), answer, terms, first);
        if (refusal == null) {
            try {
                result.complete(receipts(answer.getLong("queueOffset")));
            } catch (BadFieldException unreadable) {
                failed(new OutcomeUnknownException("cannot " + what() + ": the answer cannot be read", unreadable));
            }
        } else {
            failed(refusal);
        }
    }

    private List<SendReceipt> receipts(long offset) {
        List<SendReceipt> receipts = new ArrayList<>(drafts.size());
        for (int i = 0; i < drafts.size(); i++) {
            receipts.add(new SendReceipt(drafts.get(i).id(), first.partition(), offset + i, Optional.empty()));
        }
        return receipts;
    }

    @Override
    protected void failed(TernMQException failure) {
        result.completeExceptionally(failure);
    }
}
