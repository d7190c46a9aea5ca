package io.ternmq.broker.member;

import java.util.List;

/**
 * A consumer group as it stood a moment ago.
 *
 * @param name the group's name
 * @param kind how its members consume
 * @param members who is there; in the order of their client ids
 * @param subscriptions what they subscribe to, by topic
 */
public record ConsumerGroupView(
        String name, ConsumerKind kind, List<Member> members, List<Subscription> subscriptions) {
    /** Keeps copies of the lists. */
    public ConsumerGroupView {
        members = List.copyOf(members);
        subscriptions = List.copyOf(subscriptions);
    }
}
