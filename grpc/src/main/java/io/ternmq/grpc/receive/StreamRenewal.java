package io.ternmq.grpc.receive;

import io.ternmq.broker.lease.Renewal;
import io.ternmq.grpc.client.ClientSession;
import io.ternmq.grpc.client.ClientSessions;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a client was given with it while the telemetry stream is open that it had then. A later stream of that client counts
 * for nothing: the client may have been started anew and know of none of it. Thread-safe.
 */
final class StreamRenewal implements Renewal {
    private final ClientSessions sessions;
    private final String clientId;
    private volatile @Nullable ClientSession holder;

    StreamRenewal(ClientSessions sessions, String clientId) {
        this.sessions = sessions;
        this.clientId = clientId;
    }

    /** The client is given the messages now. */
    void given() {
        holder = sessions.get(clientId);
    }

    /** The client has not taken them. */
    void lost() {
        holder = null;
    }

    @Override
    public boolean isWanted() {
        ClientSession session = holder;
        return session != null && session.isOpen();
    }
}
