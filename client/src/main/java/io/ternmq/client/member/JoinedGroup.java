package io.ternmq.client.member;

import io.ternmq.Filter;
import io.ternmq.engine.MemberTerms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** A consumer group in which this client has members. Brokers see one, so what its members want is added up. Thread-safe. */
final class JoinedGroup {

    private final String name;
    private final List<Joined> joined = new CopyOnWriteArrayList<>();
    private volatile List<String> clients;

    /** One member. */
    record Joined(MemberTerms terms, Runnable events) {}

    JoinedGroup(String name, String clientId) {
        this.name = name;
        this.clients = List.of(clientId);
    }

    String name() {
        return name;
    }

    void add(Joined member) {
        joined.add(member);
    }

    /** @return false when there are others left */
    boolean removeLast(Joined member) {
        joined.remove(member);
        return joined.isEmpty();
    }

    /** The topics for which nobody here is in the member's lane any more, once it has left; none where it was in no lane. */
    Set<String> lastInLane(Joined left) {
        Optional<String> lane = left.terms().lane();
        Set<String> topics = new TreeSet<>();
        if (lane.isPresent()) {
            topics.addAll(left.terms().topics().keySet());
            joined.stream()
                    .map(Joined::terms)
                    .filter(other -> other.lane().equals(lane))
                    .forEach(other -> topics.removeAll(other.topics().keySet()));
        }
        return topics;
    }

    /** Who is in the group, in order. */
    List<String> clients() {
        return clients;
    }

    void clients(List<String> found) {
        if (!found.equals(clients)) {
            clients = found;
            joined.forEach(member -> member.events().run());
        }
    }

    /** What its members want together; empty when the last one has just left. */
    Optional<MemberTerms> terms() {
        List<Joined> members = List.copyOf(joined);
        if (members.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Filter> topics = new TreeMap<>();
        for (Joined member : members) {
            topics.putAll(member.terms().topics());
        }
        MemberTerms first = members.get(0).terms();
        return Optional.of(new MemberTerms(name, first.mode(), topics, first.ordered(), first.lane(), first.start()));
    }
}
