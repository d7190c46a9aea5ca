package io.ternmq.remoting.send;

import io.ternmq.broker.command.AppendCommand;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.retry.HandBack;
import io.ternmq.remoting.access.Refusals;
import io.ternmq.remoting.connection.Completion;
import io.ternmq.remoting.connection.Exchange;
import org.jspecify.annotations.Nullable;

/** A message that was handed back, on its way into the queue where it waits. */
final class SendBackCommand extends AppendCommand implements Completion {
    private final Exchange exchange;
    private @Nullable Refusal refusal;
    private String refusalDetail = "";

    SendBackCommand(Exchange exchange, int queueNo, HandBack.Copy copy) {
        super(copy.rule(), queueNo, copy.message());
        this.exchange = exchange;
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
    public void finish() {
        if (refusal == null) {
            exchange.succeed();
        } else {
            exchange.answer(Refusals.code(refusal), refusalDetail);
        }
    }
}
