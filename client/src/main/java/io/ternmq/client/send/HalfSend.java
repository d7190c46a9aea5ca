package io.ternmq.client.send;

import io.ternmq.OutcomeUnknownException;
import io.ternmq.SendReceipt;
import io.ternmq.TernMQException;
import io.ternmq.protocol.message.MalformedMessageException;
import io.ternmq.protocol.message.OffsetMessageId;
import io.ternmq.protocol.message.SysFlag;
import io.ternmq.protocol.remoting.BadFieldException;
import io.ternmq.protocol.remoting.RemotingFrame;
import java.util.concurrent.CompletableFuture;

/** A message that nobody sees yet. */
final class HalfSend extends Send {

    private final CompletableFuture<PreparedMessage> result = new CompletableFuture<>();

    HalfSend(SendTerms terms, Draft draft) {
        super(terms, draft.withSysFlag(SysFlag.TRANSACTION_PREPARED));
    }

    CompletableFuture<PreparedMessage> result() {
        return result;
    }

    @Override
    void stored(SendReceipt receipt, RemotingFrame answer) {
        try {
            long position = OffsetMessageId.decode(answer.getRequired("msgId")).position();
            String transactionId = answer.get("transactionId");
            result.complete(new PreparedMessage(
                    receipt, terms().producerGroup(), position, transactionId == null ? "" : transactionId));
        } catch (MalformedMessageException | BadFieldException unreadable) {
            failed(new OutcomeUnknownException("cannot " + what() + ": the answer cannot be read", unreadable));
        }
    }

    @Override
    protected void failed(TernMQException failure) {
        result.completeExceptionally(failure);
    }
}
