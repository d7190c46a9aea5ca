package io.ternmq.remoting.route;

import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;

/** Says that a broker cannot be taken out of the routes: there is none but this process itself. */
public final class WritePermissionHandler implements RequestHandler {
    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        exchange.answer(
                ResponseCode.NO_PERMISSION,
                "the write permission of a whole broker cannot be changed; change it for a topic");
    }
}
