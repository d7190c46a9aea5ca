package io.ternmq.remoting.admin;

import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;

/** Says why there is no answer to a request that operators' tools know. */
public final class UnsupportedHandler implements RequestHandler {
    private final String reason;

    /** @param reason for people */
    public UnsupportedHandler(String reason) {
        this.reason = reason;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        exchange.answer(
                ResponseCode.REQUEST_CODE_NOT_SUPPORTED, "request " + request.code() + " is not supported: " + reason);
    }
}
