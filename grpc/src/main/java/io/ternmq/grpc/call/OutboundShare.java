package io.ternmq.grpc.call;

/** What one answer holds until its client has taken it. Event-loop thread only. */
final class OutboundShare {
    private final OutboundBytes all;
    private final CallConnection connection;
    private final long bytes;
    private long unreadMs;

    OutboundShare(OutboundBytes all, CallConnection connection, long bytes) {
        this.all = all;
        this.connection = connection;
        this.bytes = bytes;
        all.changed(bytes);
        connection.loop().unread(this);
    }

    void release() {
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
