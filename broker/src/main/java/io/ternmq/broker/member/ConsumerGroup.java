package io.ternmq.broker.member;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One consumer group that has members. Guarded by the lock of Membership. */
final class ConsumerGroup {
    private final String name;
    private final MemberTable members = new MemberTable();
    private final IdentityHashMap<Connection, ConsumerKind> kinds = new IdentityHashMap<>();
    private final Map<String, Subscription> subscriptions = new TreeMap<>();
    private ConsumerKind kind;
    private int fingerprint;
    private boolean notifyMembers = true;

    ConsumerGroup(String name, ConsumerKind kind) {
        this.name = name;
        this.kind = kind;
    }

    MemberTable members() {
        return members;
    }

    boolean notifyMembers() {
        return notifyMembers;
    }

    /** What one of its members said last counts for the group; what each one said, for itself. */
    void describe(Connection member, ConsumerKind newKind, boolean newNotifyMembers) {
        kind = newKind;
        kinds.put(member, newKind);
        notifyMembers = newNotifyMembers;
    }

    /** @return how the member consumes that is behind the connection, or null when there is none */
    @Nullable
    ConsumerKind kindOf(Connection member) {
        return kinds.get(member);
    }

    /** @return whether it was there */
    boolean remove(Connection member) {
        kinds.remove(member);
        return members.remove(member);
    }

    @Nullable
    Subscription subscription(String topic) {
        return subscriptions.get(topic);
    }

    /** Newer versions of subscriptions that the group has take the place of the older ones. */
    void renew(Collection<Subscription> wanted) {
        for (Subscription subscription : wanted) {
            subscriptions.computeIfPresent(
                    subscription.topic(), (topic, old) -> subscription.version() > old.version() ? subscription : old);
        }
    }

    /** The subscriptions of the group are those of its last member to speak. @return whether topics came or went */
    boolean subscribe(Collection<Subscription> wanted) {
        boolean changed = false;
        Set<String> topics = new HashSet<>();
        for (Subscription subscription : wanted) {
            topics.add(subscription.topic());
            Subscription old = subscriptions.get(subscription.topic());
            if (old == null || subscription.version() > old.version()) {
                subscriptions.put(subscription.topic(), subscription);
                changed |= old == null;
            }
        }
        return subscriptions.keySet().retainAll(topics) || changed;
    }

    /** @return whether a client with that fingerprint must say its subscriptions in full */
    boolean mustHearInFull(ConsumerJoin join) {
        boolean strange = fingerprint != 0 && fingerprint != join.fingerprint();
        boolean missing = join.abridged() && subscriptions.isEmpty();
        return strange || missing;
    }

    void rememberFingerprint(int newFingerprint) {
        fingerprint = newFingerprint;
    }

    ConsumerGroupView view() {
        List<Subscription> all = new ArrayList<>(subscriptions.values());
        return new ConsumerGroupView(name, kind, members.members(), all);
    }
}
