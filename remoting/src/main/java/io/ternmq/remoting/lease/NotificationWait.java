package io.ternmq.remoting.lease;

import io.ternmq.broker.access.Completion;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.lease.AwaitLeasable;
import io.ternmq.broker.lease.Leases;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.Refusals;
import io.ternmq.remoting.connection.Exchange;
import org.jspecify.annotations.Nullable;

/** A client that waits until there is something to take. */
final class NotificationWait extends AwaitLeasable implements Completion {
    private final Exchange exchange;
    private @Nullable Refusal refusal;
    private String refusalDetail = "";

    NotificationWait(Exchange exchange, Leases leases, Request request) {
        super(leases, request);
        this.exchange = exchange;
    }

    static void answer(Exchange exchange, Result result) {
        exchange.begin(ResponseCode.SUCCESS, null)
                .field("hasMsg", result == Result.FOUND)
                .field("pollingFull", result == Result.TOO_MANY_WAIT);
        exchange.end();
    }

    @Override
    public boolean isAbandoned() {
        return !exchange.connection().isOpen();
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
        exchange.connection().endWaiting();
        if (refusal == null) {
            answer(exchange, result());
        } else {
            exchange.answer(Refusals.code(refusal), refusalDetail);
        }
    }
}
