package io.ternmq.grpc.client;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The clients that have a telemetry stream, by their own id. Thread-safe. */
public final class ClientSessions {
    private final ConcurrentHashMap<String, ClientSession> byId = new ConcurrentHashMap<>();
    private final int countMax;

    /** @param countMax so many clients at most */
    public ClientSessions(int countMax) {
        this.countMax = countMax;
    }

    /** @return the client's session, or null when it has no open stream */
    public @Nullable ClientSession get(String clientId) {
        return byId.get(clientId);
    }

    /** @return the session that this one takes the place of, or null */
    @Nullable
    ClientSession put(ClientSession session) {
        return byId.put(session.member().clientId(), session);
    }

    /** @return whether one more client has room */
    boolean hasRoom(String clientId) {
        return byId.size() < countMax || byId.containsKey(clientId);
    }

    void remove(ClientSession session) {
        byId.remove(session.member().clientId(), session);
    }
}
