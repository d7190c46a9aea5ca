package io.ternmq.grpc.client;

import apache.rocketmq.v2.ClientType;
import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.FilterType;
import apache.rocketmq.v2.Resource;
import apache.rocketmq.v2.Settings;
import apache.rocketmq.v2.SubscriptionEntry;
import io.ternmq.broker.access.Broker;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.member.ConsumerJoin;
import io.ternmq.broker.member.ConsumerKind;
import io.ternmq.broker.member.Membership;
import io.ternmq.broker.member.Subscription;
import io.ternmq.grpc.call.CallRefused;
import io.ternmq.grpc.convert.NameRules;
import java.util.List;

/** Has clients join and leave the groups that their settings name. Thread-safe. */
final class Registration {
    private static final ConsumerKind KIND =
            new ConsumerKind(ConsumerKind.Fetch.LEASE, ConsumerKind.Sharing.CLUSTERING, ConsumerKind.Start.LAST);

    private final Broker broker;

    Registration(Broker broker) {
        this.broker = broker;
    }

    /** @throws CallRefused when the settings name what cannot be, or are of a kind of client that is not served */
    static void check(Settings settings) {
        if (settings.hasPublishing()) {
            settings.getPublishing().getTopicsList().forEach(NameRules::topic);
        } else {
            String unused = NameRules.group(settings.getSubscription().getGroup());
            settings.getSubscription().getSubscriptionsList().forEach(Registration::checkSubscription);
        }
        if (settings.getClientType() == ClientType.LITE_PUSH_CONSUMER
                || settings.getClientType() == ClientType.LITE_SIMPLE_CONSUMER) {
            throw new CallRefused(Code.UNSUPPORTED, "lite consumers are not supported");
        }
    }

    /** The client is there, or still there. */
    void join(ClientSession session) {
        Settings settings = session.settings();
        Membership membership = broker.membership();
        if (settings.hasPublishing()) {
            for (Resource topic : settings.getPublishing().getTopicsList()) {
                membership.joinProducers(session.member(), topic.getName());
            }
            return;
        }
        String group = settings.getSubscription().getGroup().getName();
        GroupConfig config = broker.shard().catalog().group(group);
        if (config != null) {
            List<Subscription> subscriptions = settings.getSubscription().getSubscriptionsList().stream()
                    .map(entry -> subscription(entry, session.settingsMs()))
                    .toList();
            membership.joinConsumers(
                    session.member(), new ConsumerJoin(group, KIND, subscriptions, false, 0, config.notifyMembers()));
        }
    }

    /** The client has gone. */
    void leave(ClientSession session) {
        broker.membership().connectionLost(session);
    }

    private static void checkSubscription(SubscriptionEntry entry) {
        String unused = NameRules.topic(entry.getTopic());
        String problem = subscription(entry, 0).problem();
        if (problem != null) {
            throw new CallRefused(Code.ILLEGAL_FILTER_EXPRESSION, problem);
        }
    }

    /** @param version newer ones take the place of older ones */
    private static Subscription subscription(SubscriptionEntry entry, long version) {
        boolean sql = entry.getExpression().getType() == FilterType.SQL;
        return Subscription.parse(
                entry.getTopic().getName(),
                sql ? Subscription.TYPE_SQL : Subscription.TYPE_TAG,
                entry.getExpression().getExpression(),
                version);
    }
}
