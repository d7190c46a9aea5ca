package io.ternmq.broker.member;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of one group by connection, and when each was last heard of. Guarded by the lock of Membership. */
final class MemberTable {
    private final IdentityHashMap<Connection, Entry> byConnection = new IdentityHashMap<>();

    /** @return whether a member came that was not there */
    boolean heardOf(Member member, long nowMs) {
        Entry old = byConnection.put(member.connection(), new Entry(member, nowMs));
        return old == null;
    }

    /** @return whether it was there */
    boolean remove(Connection connection) {
        return byConnection.remove(connection) != null;
    }

    /** Adds to the list the connections that were last heard of before that time. */
    void collectSilentSince(long deadlineMs, List<Connection> silent) {
        for (Map.Entry<Connection, Entry> entry : byConnection.entrySet()) {
            if (entry.getValue().heardOfMs < deadlineMs) {
                silent.add(entry.getKey());
            }
        }
    }

    @Nullable
    Member byClientId(String clientId) {
        for (Entry entry : byConnection.values()) {
            if (entry.member.clientId().equals(clientId)) {
                return entry.member;
            }
        }
        return null;
    }

    List<Member> members() {
        List<Member> members = new ArrayList<>(byConnection.size());
        byConnection.values().forEach(entry -> members.add(entry.member));
        members.sort(Comparator.comparing(Member::clientId));
        return members;
    }

    List<Connection> connections() {
        return new ArrayList<>(byConnection.keySet());
    }

    boolean isEmpty() {
        return byConnection.isEmpty();
    }

    int size() {
        return byConnection.size();
    }

    private record Entry(Member member, long heardOfMs) {}
}
