package io.ternmq.client.send;

import io.ternmq.OutcomeUnknownException;
import io.ternmq.Partition;
import io.ternmq.SendReceipt;
import io.ternmq.TernMQException;
import io.ternmq.client.wire.Failures;
import io.ternmq.client.wire.Request;
import io.ternmq.client.wire.RequestWriter;
import io.ternmq.protocol.remoting.BadFieldException;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One message on its way. */
abstract class Send extends Request {

    private static final int HELD_FIXED_BYTES = 256;

    private final SendTerms terms;
    private final Draft draft;

    Send(SendTerms terms, Draft draft) {
        this.terms = terms;
        this.draft = draft;
    }

    /** Takes what the server says of a message that is stored. */
    abstract void stored(SendReceipt receipt, RemotingFrame answer);

    final SendTerms terms() {
        return terms;
    }

    final Draft draft() {
        return draft;
    }

    @Override
    protected final String what() {
        return "send to " + draft.partition();
    }

    @Override
    protected final int heldBytes() {
        return HELD_FIXED_BYTES + draft.bytes();
    }

    @Override
    protected final long timeoutMs() {
        return terms.timeoutMs();
    }

    @Override
    protected final boolean isRepeatable() {
        return false;
    }

    @Override
    protected final Object comesBehind() {
        return draft.partition();
    }

    @Override
    protected void write(RequestWriter out) {
        SendFields.write(out, RequestCode.SEND_MESSAGE_V2, terms, draft).end(draft.body());
    }

    @Override
    protected final void answered(@Nullable RemotingFrame answer) {
        if (answer != null) {
            TernMQException refusal = refusal(what(), answer, terms, draft);
            if (refusal == null) {
                accepted(answer);
            } else {
                failed(refusal);
            }
        }
    }

    private void accepted(RemotingFrame answer) {
        SendReceipt receipt;
        try {
            receipt = receipt(answer.getInt("queueId"), answer.getLong("queueOffset"), answer.get("recallHandle"));
        } catch (BadFieldException unreadable) {
            failed(new OutcomeUnknownException("cannot " + what() + ": the answer cannot be read", unreadable));
            return;
        }
        stored(receipt, answer);
    }

    final SendReceipt receipt(int queueId, long offset, @Nullable String recallHandle) {
        Partition asked = draft.partition();
        Partition partition = queueId == asked.id() ? asked : new Partition(asked.topic(), asked.broker(), queueId);
        return new SendReceipt(draft.id(), partition, offset, Optional.ofNullable(recallHandle));
    }

    /** @return null when it is none; a route that proved wrong is forgotten */
    static @Nullable TernMQException refusal(String what, RemotingFrame answer, SendTerms terms, Draft draft) {
        return switch (answer.code()) {
            case ResponseCode.SUCCESS -> null;
            case ResponseCode.TOPIC_NOT_EXIST,
                    ResponseCode.NO_PERMISSION,
                    ResponseCode.INVALID_PARAMETER,
                    ResponseCode.SYSTEM_ERROR,
                    ResponseCode.SERVICE_NOT_AVAILABLE -> {
                terms.routes().forget(draft.partition().topic());
                yield Failures.refused(what, answer);
            }
            default -> Failures.refused(what, answer);
        };
    }
}
