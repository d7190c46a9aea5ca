package io.ternmq.grpc.client;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The clients that have a telemetry stream, by their own id. Thread-safe. */
public final class ClientSessions {
    private final ConcurrentHashMap<String, ClientSession> byId = new ConcurrentHashMap<>();
    private final AtomicLong roleChars = new AtomicLong();
    private final int countMax;
    private final long roleCharsMax;

    /**
     * @param countMax so many clients at most
     * @param roleCharsMax so many characters have the names and filters of all of them at most
     */
    public ClientSessions(int countMax, long roleCharsMax) {
        this.countMax = countMax;
        this.roleCharsMax = roleCharsMax;
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

    /** @return whether the client has room, with so many characters more that it names */
    boolean hasRoom(String clientId, long moreChars) {
        boolean hasPlace = byId.size() < countMax || byId.containsKey(clientId);
        return hasPlace && roleChars.get() + moreChars <= roleCharsMax;
    }

    /** A client's stream holds so many characters more, or fewer. */
    void named(long moreChars) {
        roleChars.addAndGet(moreChars);
    }

    void remove(ClientSession session) {
        byId.remove(session.member().clientId(), session);
    }
}
