package io.ternmq.broker.member;

import java.util.Collection;
import java.util.List;

/**
 * What one heartbeat says of one consumer group.
 *
 * @param group the group's name
 * @param kind how it consumes
 * @param subscriptions all its subscriptions; empty when {@code abridged}
 * @param abridged the client left its subscriptions out, because they have not changed since it sent them
 * @param fingerprint a hash of the client's subscriptions; 0 from clients that do not know it
 * @param notifyMembers whether the group's members want to hear of a change
 */
public record ConsumerJoin(
        String group,
        ConsumerKind kind,
        Collection<Subscription> subscriptions,
        boolean abridged,
        int fingerprint,
        boolean notifyMembers) {
    /** Keeps a copy of the subscriptions. */
    public ConsumerJoin {
        subscriptions = List.copyOf(subscriptions);
    }
}
