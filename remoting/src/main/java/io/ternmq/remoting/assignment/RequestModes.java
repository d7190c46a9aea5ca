package io.ternmq.remoting.assignment;

import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.member.ConsumerGroupView;
import io.ternmq.broker.member.ConsumerKind;
import io.ternmq.broker.member.Subscription;
import io.ternmq.remoting.access.BrokerAccess;
import java.util.List;

/** How groups get the messages of topics, as somebody has said. Thread-safe. */
public final class RequestModes {
    private final BrokerAccess access;

    /** @param access where it is kept */
    public RequestModes(BrokerAccess access) {
        this.access = access;
    }

    RequestMode of(String topic, String group) {
        String value = access.catalog().setting(RequestMode.key(topic, group));
        return value == null ? RequestMode.BY_OFFSET : RequestMode.decode(value);
    }

    /**
     * What comes back to a group's retry topic is handed out with the other messages, unless the group consumes another topic
     * by offset: then its members pull the retry topic.
     *
     * @return whether members pull it
     */
    public boolean pullsRetries(String group) {
        ConsumerGroupView members = access.membership().consumers(group);
        return members != null
                && members.kind().fetch() == ConsumerKind.Fetch.PUSH
                && members.kind().sharing() == ConsumerKind.Sharing.CLUSTERING
                && !isByLeaseOnly(members);
    }

    private boolean isByLeaseOnly(ConsumerGroupView group) {
        List<String> topics = group.subscriptions().stream()
                .map(Subscription::topic)
                .filter(topic -> !Names.isRetryTopic(topic))
                .toList();
        return !topics.isEmpty()
                && topics.stream().allMatch(topic -> of(topic, group.name()).byLease());
    }
}
