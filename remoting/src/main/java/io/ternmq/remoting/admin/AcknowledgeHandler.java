package io.ternmq.remoting.admin;

import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;

/** Says that all is well to requests that ask for what happens here by itself. */
public final class AcknowledgeHandler implements RequestHandler {
    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        exchange.succeed();
    }
}
