package io.ternmq.remoting.send;

import io.netty.buffer.ByteBuf;
import io.ternmq.broker.access.Completion;
import io.ternmq.broker.command.AppendCommand;
import io.ternmq.broker.command.AppendRule;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.timer.PlaceTimer;
import io.ternmq.broker.timer.TimerKey;
import io.ternmq.protocol.remoting.RemotingFrameEncoder;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.Refusals;
import io.ternmq.remoting.connection.Exchange;
import org.jspecify.annotations.Nullable;

/** Messages on their way into one queue, and the answer to who sent them. Holds their records until it is answered. */
final class SendCommand extends AppendCommand implements Completion {
    private final Exchange exchange;
    private final SendContext context;
    private final ByteBuf records;
    private final Destination to;
    private final int uniqueKeyIndex;
    private final int uniqueKeyLength;
    private final @Nullable String recallHandle;
    private @Nullable Refusal refusal;
    private String refusalDetail = "";

    /**
     * Takes the draft's records over.
     *
     * @param to the queue that was sent to; a delayed message or a half message waits in another one
     * @param rule what comes with the messages
     */
    SendCommand(Exchange exchange, SendContext context, SendDraft draft, Destination to, AppendRule rule) {
        super(rule, draft.queueNo(), draft.messages());
        this.exchange = exchange;
        this.context = context;
        this.records = draft.records();
        this.to = to;
        this.uniqueKeyIndex = draft.uniqueKeyIndex();
        this.uniqueKeyLength = draft.uniqueKeyLength();
        this.recallHandle = null;
    }

    private SendCommand(Exchange exchange, SendContext context, SendDraft draft, Destination to, Timer timer) {
        super(new PlaceTimer(timer.key()), to.queueNo(), draft.messages());
        this.exchange = exchange;
        this.context = context;
        this.records = draft.records();
        this.to = to;
        this.uniqueKeyIndex = draft.uniqueKeyIndex();
        this.uniqueKeyLength = draft.uniqueKeyLength();
        this.recallHandle = timer.recallHandle();
    }

    /**
     * When a message is due, and how it can be taken back.
     *
     * @param key names the timer
     * @param recallHandle what the client gets to recall it by; null where it cannot
     */
    record Timer(TimerKey key, @Nullable String recallHandle) {}

    /**
     * Makes the command of a message that waits for its time. Takes the draft's records over.
     *
     * @param to where the message goes then
     */
    static SendCommand timed(Exchange exchange, SendContext context, SendDraft draft, Destination to, Timer timer) {
        return new SendCommand(exchange, context, draft, to, timer);
    }

    @Override
    protected void committed() {
        exchange.replies().add(this);
    }

    @Override
    protected void refused(Refusal reason, String detail) {
        refusal = reason;
        refusalDetail = detail;
        exchange.replies().add(this);
    }

    @Override
    public void failed() {
        exchange.fail();
    }

    @Override
    public void finish() {
        try {
            if (refusal == null) {
                answer();
            } else {
                exchange.answer(Refusals.code(refusal), refusalDetail);
            }
        } finally {
            records.release();
        }
    }

    private void answer() {
        EncodedMessage first = message(0);
        context.traffic().sent(to.topic().name(), count(), heldBytes());
        MessageIds ids = context.ids();
        int idBytes = ids.write(this);
        RemotingFrameEncoder answer = exchange.begin(ResponseCode.SUCCESS, null)
                .field("msgId", ids.buffer(), 0, idBytes)
                .field("queueId", to.queueId())
                .field("queueOffset", first.queueOffset())
                .field("recallHandle", recallHandle);
        if (uniqueKeyLength > 0) {
            answer.field("transactionId", first.buffer(), uniqueKeyIndex, uniqueKeyLength);
        }
        exchange.end();
    }
}
