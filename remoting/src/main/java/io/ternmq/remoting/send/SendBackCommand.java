package io.ternmq.remoting.send;

import io.ternmq.broker.access.Completion;
import io.ternmq.broker.command.AppendCommand;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.retry.HandBack;
import io.ternmq.remoting.access.Refusals;
import io.ternmq.remoting.connection.Exchange;
import org.jspecify.annotations.Nullable;

/** A message that was handed back, on its way into the queue where it waits. */
final class SendBackCommand extends AppendCommand implements Completion {
    private final Exchange exchange;
    private final Runnable stored;
    private @Nullable Refusal refusal;
    private String refusalDetail = "";

    /** @param stored run in the event loop once the shard has it */
    SendBackCommand(Exchange exchange, int queueNo, HandBack.Copy copy, Runnable stored) {
        super(copy.rule(), queueNo, copy.message());
        this.exchange = exchange;
        this.stored = stored;
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
        if (refusal == null) {
            stored.run();
            exchange.succeed();
        } else {
            exchange.answer(Refusals.code(refusal), refusalDetail);
        }
    }
}
