package io.ternmq.remoting.access;

import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Permission;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.lease.LeaseWait;
import io.ternmq.broker.lease.QueueRef;
import io.ternmq.broker.member.ConsumerGroupView;
import io.ternmq.broker.member.ConsumerKind;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.connection.Exchange;
import org.jspecify.annotations.Nullable;

/** Which groups may consume which topics. One that may not is told why. Thread-safe. */
public final class ConsumerGate {
    private final BrokerAccess access;

    /** @param access the shard that has the groups and topics */
    public ConsumerGate(BrokerAccess access) {
        this.access = access;
    }

    /** @return the group, which is made if clients may make groups; null when the exchange was answered that it may not consume */
    public @Nullable GroupConfig group(Exchange exchange, String name) {
        GroupConfig group = find(name);
        if (group == null) {
            exchange.answer(ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST, "the group '" + name + "' does not exist");
        } else if (!group.consumeEnabled()) {
            exchange.answer(ResponseCode.NO_PERMISSION, "the group '" + name + "' may not consume");
        } else if (!group.broadcastEnabled() && isBroadcasting(name)) {
            exchange.answer(ResponseCode.NO_PERMISSION, "the group '" + name + "' may not broadcast");
        } else {
            return group;
        }
        return null;
    }

    /** @return the topic; null when the exchange was answered that nobody may read it */
    public @Nullable Topic topic(Exchange exchange, String name) {
        Topic topic = access.catalog().topic(name);
        if (topic == null) {
            exchange.answer(ResponseCode.TOPIC_NOT_EXIST, "the topic '" + name + "' does not exist");
        } else if (!Permission.isReadable(topic.config().permission())) {
            exchange.answer(ResponseCode.NO_PERMISSION, "the topic '" + name + "' is not readable");
        } else {
            return topic;
        }
        return null;
    }

    /**
     * Lets a group that takes by lease in.
     *
     * @param wanted what it wants to take from; {@link LeaseWait#ANY_QUEUE} is a queue, too
     * @return the topic; null when the exchange was answered that the group may not, or there is no such queue
     */
    public @Nullable Topic lease(Exchange exchange, QueueRef wanted) {
        Topic topic = group(exchange, wanted.group()) == null ? null : topic(exchange, wanted.topic());
        if (topic != null && wanted.queueId() != LeaseWait.ANY_QUEUE && !topic.hasQueue(wanted.queueId())) {
            refuseQueue(exchange, topic, wanted.queueId());
            return null;
        }
        return topic;
    }

    /** Answers that the topic has no such queue. */
    public static void refuseQueue(Exchange exchange, Topic topic, int queueId) {
        exchange.answer(
                ResponseCode.INVALID_PARAMETER,
                "queueId: " + queueId + " (expected: 0.." + (topic.queueCount() - 1) + " of '" + topic.name() + "')");
    }

    /** @return the group, which is made if clients may make groups; null where there is none */
    public @Nullable GroupConfig find(String name) {
        GroupConfig known = access.catalog().group(name);
        if (known != null || !access.creation().groups()) {
            return known;
        }
        try {
            GroupConfig made = GroupConfig.of(name);
            access.submitQuietly(StateCommands.putGroupIfAbsent(made, new Ignored<>()));
            return made;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private boolean isBroadcasting(String group) {
        ConsumerGroupView members = access.membership().consumers(group);
        return members != null && members.kind().sharing() == ConsumerKind.Sharing.BROADCASTING;
    }
}
