package io.ternmq.remoting.connection;

import io.ternmq.protocol.remoting.RemotingFrame;

/** Answers the requests of some codes. Belongs to one event loop, so it may keep what it reuses. */
@FunctionalInterface
public interface RequestHandler {
    /**
     * Answers now, or later by whoever got the exchange.
     *
     * @param exchange to be answered exactly once
     * @param request its body is released when this returns; whoever needs it longer retains it
     */
    void handle(Exchange exchange, RemotingFrame request);
}
