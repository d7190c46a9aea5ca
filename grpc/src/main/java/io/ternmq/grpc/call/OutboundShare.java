package io.ternmq.grpc.call;

/**
 * What one answer holds until its client has taken it; a client that takes too long loses its connection. Event-loop thread
 * only.
 */
public final class OutboundShare {
    private final OutboundBytes all;
    private final CallConnection connection;
    private final long bytes;
    private long unreadMs;

    /** @param all counts what all answers hold */
    public OutboundShare(OutboundBytes all, CallConnection connection, long bytes) {
        this.all = all;
        this.connection = connection;
        this.bytes = bytes;
        all.changed(bytes);
        connection.loop().unread(this);
    }

    /** The client has taken it, or has gone. */
    public void release() {
        all.changed(-bytes);
        connection.loop().read(this);
    }

    void grownOlder(long passedMs, long maxMs) {
        unreadMs += passedMs;
        if (unreadMs > maxMs) { // the first of these times was not a whole one
            connection.close();
        }
    }
}
