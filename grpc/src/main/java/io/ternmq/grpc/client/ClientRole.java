package io.ternmq.grpc.client;

import apache.rocketmq.v2.ClientType;
import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.FilterType;
import apache.rocketmq.v2.Resource;
import apache.rocketmq.v2.Settings;
import apache.rocketmq.v2.SubscriptionEntry;
import io.ternmq.broker.member.Subscription;
import io.ternmq.grpc.call.CallRefused;
import io.ternmq.grpc.convert.NameRules;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a client says that it is: of its settings what matters after they were answered.
 *
 * @param type what it calls itself
 * @param topics it says that it sends to; empty for a consumer
 * @param group its consumer group; empty for a producer
 * @param subscriptions what it wants of the group's messages
 */
record ClientRole(ClientType type, Set<String> topics, Optional<String> group, List<Subscription> subscriptions) {
    /**
     * Reads and checks settings.
     *
     * @param nowMs newer subscriptions take the place of older ones
     * @throws CallRefused when the settings name what cannot be, or are of a kind of client that is not served
     */
    static ClientRole of(Settings settings, long nowMs) {
        ClientRole role = settings.hasPublishing() ? producer(settings) : consumer(settings, nowMs);
        if (role.type == ClientType.LITE_PUSH_CONSUMER || role.type == ClientType.LITE_SIMPLE_CONSUMER) {
            throw new CallRefused(Code.UNSUPPORTED, "lite consumers are not supported");
        }
        return role;
    }

    /** @return how many characters it has, by which one knows about what it holds */
    long chars() {
        long chars = group.map(String::length).orElse(0);
        chars += topics.stream().mapToLong(String::length).sum();
        for (Subscription subscription : subscriptions) {
            chars += subscription.topic().length() + subscription.expression().length();
        }
        return chars;
    }

    private static ClientRole producer(Settings settings) {
        List<Resource> topics = settings.getPublishing().getTopicsList();
        return new ClientRole(
                settings.getClientType(),
                topics.stream().map(NameRules::topic).collect(Collectors.toUnmodifiableSet()),
                Optional.empty(),
                List.of());
    }

    private static ClientRole consumer(Settings settings, long nowMs) {
        String group = NameRules.group(settings.getSubscription().getGroup());
        List<SubscriptionEntry> entries = settings.getSubscription().getSubscriptionsList();
        return new ClientRole(
                settings.getClientType(),
                Set.of(),
                Optional.of(group),
                entries.stream().map(entry -> subscription(entry, nowMs)).toList());
    }

    private static Subscription subscription(SubscriptionEntry entry, long nowMs) {
        boolean sql = entry.getExpression().getType() == FilterType.SQL;
        Subscription subscription = Subscription.parse(
                NameRules.topic(entry.getTopic()),
                sql ? Subscription.TYPE_SQL : Subscription.TYPE_TAG,
                entry.getExpression().getExpression(),
                nowMs);
        String problem = subscription.problem();
        if (problem != null) {
            throw new CallRefused(Code.ILLEGAL_FILTER_EXPRESSION, problem);
        }
        return subscription;
    }
}
