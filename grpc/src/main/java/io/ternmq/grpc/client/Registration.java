package io.ternmq.grpc.client;

import apache.rocketmq.v2.ClientType;
import io.ternmq.broker.access.Broker;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.member.ConsumerJoin;
import io.ternmq.broker.member.ConsumerKind;
import io.ternmq.broker.member.Membership;

/** Has clients join and leave the groups that they belong to by what they say and do. Thread-safe. */
final class Registration {
    private static final ConsumerKind BY_LEASE = kind(ConsumerKind.Fetch.LEASE);
    private static final ConsumerKind BY_OFFSET = kind(ConsumerKind.Fetch.PULL);

    private final Broker broker;

    Registration(Broker broker) {
        this.broker = broker;
    }

    /** The client is there, or still there: in each of its groups, since one in which it is silent ends it in all. */
    void join(ClientSession session) {
        ClientRole role = session.role();
        Membership membership = broker.membership();
        role.topics().forEach(topic -> membership.joinProducers(session.member(), topic));
        session.transactionTopics().forEach(topic -> membership.joinProducers(session.member(), topic));
        role.group().ifPresent(group -> joinConsumers(session, role, group));
        leaveIfGone(session);
    }

    /** The client says that it is something else. */
    void becomes(ClientSession session, ClientRole role) {
        ClientRole before = session.role();
        session.becomes(role);
        if (!before.group().equals(role.group())) {
            before.group().ifPresent(group -> broker.membership().leaveConsumers(session, group));
        }
        before.topics().forEach(topic -> leaveProducers(session, topic));
        join(session);
    }

    /** The client sends transactions to a topic, and so may be asked about them. */
    void sendsTransactions(ClientSession session, String topic) {
        session.sendsTransactions(topic).ifPresent(forgotten -> leaveProducers(session, forgotten));
        broker.membership().joinProducers(session.member(), topic);
        leaveIfGone(session);
    }

    /** The client has gone. */
    void leave(ClientSession session) {
        broker.membership().connectionLost(session);
    }

    private void joinConsumers(ClientSession session, ClientRole role, String group) {
        GroupConfig config = broker.shard().catalog().group(group);
        if (config != null) {
            broker.membership()
                    .joinConsumers(
                            session.member(),
                            new ConsumerJoin(
                                    group, kind(role), role.subscriptions(), false, 0, config.notifyMembers()));
        }
    }

    private static ConsumerKind kind(ClientRole role) {
        return role.type() == ClientType.PULL_CONSUMER ? BY_OFFSET : BY_LEASE;
    }

    private static ConsumerKind kind(ConsumerKind.Fetch fetch) {
        return new ConsumerKind(fetch, ConsumerKind.Sharing.CLUSTERING, ConsumerKind.Start.LAST);
    }

    private void leaveProducers(ClientSession session, String topic) {
        if (!session.isProducerOf(topic)) {
            broker.membership().leaveProducers(session, topic);
        }
    }

    /** Its stream may have ended meanwhile: who joins after that would stay. */
    private void leaveIfGone(ClientSession session) {
        if (!session.isOpen()) {
            leave(session);
        }
    }
}
