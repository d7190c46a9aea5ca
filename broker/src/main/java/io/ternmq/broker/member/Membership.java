package io.ternmq.broker.member;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The members of all groups. Thread-safe, with one lock; members are told of changes after it was released.
 *
 * <p>A member is there from its first heartbeat until it leaves, its connection ends, or it was silent for {@link
 * #SILENCE_MS_MAX}. Whoever remains in a consumer group is told at once of one that came or went, so that the group
 * shares its queues anew.
 */
public final class Membership {
    /** A member that was not heard of for so long has gone, and its connection is closed. */
    public static final long SILENCE_MS_MAX = 120_000;

    private final Object lock = new Object();
    private final Map<String, ConsumerGroup> consumers = new HashMap<>();
    private final Map<String, MemberTable> producers = new HashMap<>();
    private final List<BiConsumer<String, Connection>> departures = new CopyOnWriteArrayList<>();
    private final QueueLocks locks;
    private final NanoClock clock;

    /** @param clock tells since when a member was not heard of; it never goes back */
    public Membership(NanoClock clock) {
        this(clock, QueueLocks.EXPIRY_MS);
    }

    /**
     * The same with locks that last as long as somebody wants.
     *
     * @param lockExpiryMs how long a queue is locked for a consumer in order that does not renew its lock
     */
    public Membership(NanoClock clock, long lockExpiryMs) {
        this.clock = clock;
        this.locks = new QueueLocks(clock, lockExpiryMs);
    }

    /** @return which members consume which queues in order */
    public QueueLocks locks() {
        return locks;
    }

    /** From now on this hears of each consumer that has left a group, before the others do: on the thread that found it out. */
    public void whenConsumerLeft(BiConsumer<String, Connection> departure) {
        departures.add(departure);
    }

    /** A consumer joins a group, or says that it is still there. */
    public JoinResult joinConsumers(Member member, ConsumerJoin join) {
        List<Connection> told = List.of();
        JoinResult result;
        synchronized (lock) {
            ConsumerGroup group = consumers.computeIfAbsent(join.group(), name -> new ConsumerGroup(name, join.kind()));
            group.describe(member.connection(), join.kind(), join.notifyMembers());
            boolean wantsSubscriptions = group.mustHearInFull(join);
            group.rememberFingerprint(join.fingerprint());
            boolean changed = group.members().heardOf(member, nowMs());
            if (!join.abridged()) {
                changed |= group.subscribe(join.subscriptions());
            }
            result = new JoinResult(changed, wantsSubscriptions);
            if (changed && join.notifyMembers()) {
                told = group.members().connections();
            }
        }
        tell(told, join.group());
        return result;
    }

    /** A member said between two heartbeats what it subscribes to: newer versions count from now on. */
    public void renewSubscriptions(String group, Collection<Subscription> subscriptions) {
        synchronized (lock) {
            ConsumerGroup found = consumers.get(group);
            if (found != null) {
                found.renew(subscriptions);
            }
        }
    }

    /** A producer joins a group, or says that it is still there. */
    public void joinProducers(Member member, String group) {
        synchronized (lock) {
            producers.computeIfAbsent(group, name -> new MemberTable()).heardOf(member, nowMs());
        }
    }

    /** A consumer leaves; nothing happens if it was not there. */
    public void leaveConsumers(Connection connection, String group) {
        List<Connection> told;
        synchronized (lock) {
            told = removeConsumer(connection, group);
        }
        if (told != null) {
            hasLeft(connection, group, told);
        }
    }

    /** A producer leaves; nothing happens if it was not there. */
    public void leaveProducers(Connection connection, String group) {
        synchronized (lock) {
            MemberTable members = producers.get(group);
            if (members != null) {
                members.remove(connection);
                if (members.isEmpty()) {
                    producers.remove(group);
                }
            }
        }
    }

    /** The connection has ended: whoever was behind it has left all its groups. */
    public void connectionLost(Connection connection) {
        Map<String, List<Connection>> told = new HashMap<>();
        synchronized (lock) {
            for (String group : List.copyOf(consumers.keySet())) {
                List<Connection> others = removeConsumer(connection, group);
                if (others != null) {
                    told.put(group, others);
                }
            }
            producers.values().removeIf(members -> members.remove(connection) && members.isEmpty());
        }
        told.forEach((group, connections) -> hasLeft(connection, group, connections));
    }

    /** Removes members that were silent too long and closes their connections. @return how many connections */
    public int removeSilent() {
        List<Connection> silent = new ArrayList<>();
        synchronized (lock) {
            long deadlineMs = nowMs() - SILENCE_MS_MAX;
            consumers.values().forEach(group -> group.members().collectSilentSince(deadlineMs, silent));
            producers.values().forEach(members -> members.collectSilentSince(deadlineMs, silent));
        }
        List<Connection> distinct = silent.stream().distinct().toList();
        for (Connection connection : distinct) {
            connectionLost(connection);
            connection.close();
        }
        return distinct.size();
    }

    /** @return the group, or null when none of its members is there */
    public @Nullable ConsumerGroupView consumers(String group) {
        synchronized (lock) {
            ConsumerGroup found = consumers.get(group);
            return found == null ? null : found.view();
        }
    }

    /** @return every consumer group that has members, by name */
    public List<ConsumerGroupView> consumerGroups() {
        synchronized (lock) {
            return new TreeMap<>(consumers)
                    .values().stream().map(ConsumerGroup::view).toList();
        }
    }

    /** @return the member of a consumer group with that client id, or null */
    public @Nullable Member consumer(String group, String clientId) {
        synchronized (lock) {
            ConsumerGroup found = consumers.get(group);
            return found == null ? null : found.members().byClientId(clientId);
        }
    }

    /** @return whether a member of the group is there */
    public boolean isOnline(String group) {
        synchronized (lock) {
            return consumers.containsKey(group);
        }
    }

    /** @return whether a member of the group is behind the connection that reads by offset what the group's members share */
    public boolean sharesByOffset(String group, Connection connection) {
        synchronized (lock) {
            ConsumerGroup found = consumers.get(group);
            ConsumerKind kind = found == null ? null : found.kindOf(connection);
            return kind != null
                    && kind.sharing() == ConsumerKind.Sharing.CLUSTERING
                    && kind.fetch() != ConsumerKind.Fetch.LEASE;
        }
    }

    /** @return what the group wants of that topic, or null when it is not there or does not subscribe to it */
    public @Nullable Subscription subscription(String group, String topic) {
        synchronized (lock) {
            ConsumerGroup found = consumers.get(group);
            return found == null ? null : found.subscription(topic);
        }
    }

    /** @return the members of a producer group; empty when none is there */
    public List<Member> producers(String group) {
        synchronized (lock) {
            MemberTable members = producers.get(group);
            return members == null ? List.of() : members.members();
        }
    }

    /** @return a producer with that client id, of whichever group, or null */
    public @Nullable Member producer(String clientId) {
        synchronized (lock) {
            for (MemberTable members : producers.values()) {
                Member found = members.byClientId(clientId);
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
    }

    /** @return the members of all producer groups, by group */
    public Map<String, List<Member>> producerGroups() {
        synchronized (lock) {
            Map<String, List<Member>> all = new TreeMap<>();
            producers.forEach((group, members) -> all.put(group, members.members()));
            return all;
        }
    }

    /** Counted from no particular moment. */
    private long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(clock.nanoTime());
    }

    /** @return whom to tell that it has left, none when it was the last one; null when it was not there */
    private @Nullable List<Connection> removeConsumer(Connection connection, String name) {
        ConsumerGroup group = consumers.get(name);
        if (group == null || !group.remove(connection)) {
            return null;
        }
        if (group.members().isEmpty()) {
            consumers.remove(name);
            return List.of();
        }
        return group.notifyMembers() ? group.members().connections() : List.of();
    }

    private void hasLeft(Connection connection, String group, List<Connection> others) {
        departures.forEach(departure -> departure.accept(group, connection));
        tell(others, group);
    }

    private static void tell(List<Connection> connections, String group) {
        for (Connection connection : connections) {
            connection.membersChanged(group);
        }
    }
}
