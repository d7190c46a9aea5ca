package io.ternmq.client.wire;

import io.ternmq.protocol.remoting.RemotingFrame;

/** Takes what servers ask of clients. */
@FunctionalInterface
public interface PushHandler {

    /**
     * Takes one request, on the event loop of the connection: must not block.
     *
     * @param from    where it came from
     * @param request valid until the method returns
     * @return the code of the answer, one of {@link io.ternmq.protocol.remoting.ResponseCode}; not sent where none is wanted
     */
    int handle(Connection from, RemotingFrame request);
}
