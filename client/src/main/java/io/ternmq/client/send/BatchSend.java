package io.ternmq.client.send;

import io.ternmq.OutcomeUnknownException;
import io.ternmq.TernMQException;
import io.ternmq.client.wire.Request;
import io.ternmq.client.wire.RequestWriter;
import io.ternmq.protocol.remoting.BadFieldException;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several sends to one partition in one request. Each gets its own receipt; all share one failure. */
final class BatchSend extends Request {

    private final List<PlainSend> all;
    private final PlainSend first;
    private final int bytes;

    BatchSend(List<PlainSend> all, int bytes) {
        this.all = all;
        this.first = all.get(0);
        this.bytes = bytes;
    }

    @Override
    protected String what() {
        return "send " + all.size() + " messages to " + first.draft().partition();
    }

    @Override
    protected int heldBytes() {
        int sum = 0;
        for (int i = 0; i < all.size(); i++) {
            sum += all.get(i).heldBytes();
        }
        return sum;
    }

    @Override
    protected int count() {
        return all.size();
    }

    @Override
    protected long timeoutMs() {
        return first.timeoutMs();
    }

    @Override
    protected boolean isRepeatable() {
        return false;
    }

    @Override
    protected void write(RequestWriter out) {
        SendFields.writeBatch(out, RequestCode.SEND_BATCH_MESSAGE, first.terms(), first.draft())
                .end(new BatchBodyWriter<>(all, PlainSend::draft, bytes));
    }

    @Override
    protected void answered(@Nullable RemotingFrame answer) {
        if (answer == null) {
            return;
        }
        TernMQException refusal = Send.refusal(what(), answer, first.terms(), first.draft());
        if (refusal != null) {
            failed(refusal);
            return;
        }
        long offset;
        try {
            offset = answer.getLong("queueOffset");
        } catch (BadFieldException unreadable) {
            failed(new OutcomeUnknownException("cannot " + what() + ": the answer cannot be read", unreadable));
            return;
        }
        for (int i = 0; i < all.size(); i++) {
            all.get(i).stored(offset + i);
        }
    }

    @Override
    protected void failed(TernMQException failure) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).failed(failure);
        }
    }
}
