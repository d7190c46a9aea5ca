package io.ternmq.server.wire;

/** What the server asks of us without being asked. Called by the connection's reader thread: do little. */
@FunctionalInterface
public interface ServerRequests {

    /** For connections that no server asks anything of. */
    ServerRequests IGNORED = frame -> {};

    /**
     * A request has come.
     *
     * @param frame with a request code
     */
    void received(Frame frame);
}
