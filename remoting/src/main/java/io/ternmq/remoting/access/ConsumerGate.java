package io.ternmq.remoting.access;

import io.ternmq.broker.access.ConsumerRules;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.lease.LeaseWait;
import io.ternmq.broker.lease.QueueRef;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.connection.Exchange;
import org.jspecify.annotations.Nullable;

/** Which groups may consume which topics. One that may not is told why. Thread-safe. */
public final class ConsumerGate {
    private final BrokerAccess access;
    private final ConsumerRules rules;

    /** @param access the shard that has the groups and topics */
    public ConsumerGate(BrokerAccess access) {
        this.access = access;
        this.rules = new ConsumerRules(access.broker(), access.creation());
    }

    /** @return the group, which is made if clients may make groups; null when the exchange was answered that it may not consume */
    public @Nullable GroupConfig group(Exchange exchange, String name) {
        ConsumerRules.Obstacle obstacle = rules.ofGroup(name);
        if (obstacle == null) {
            return rules.find(name);
        }
        answer(exchange, obstacle, name);
        return null;
    }

    /** @return the topic; null when the exchange was answered that nobody may read it */
    public @Nullable Topic topic(Exchange exchange, String name) {
        ConsumerRules.Obstacle obstacle = rules.ofTopic(name);
        if (obstacle == null) {
            return access.catalog().topic(name);
        }
        answer(exchange, obstacle, name);
        return null;
    }

    private static void answer(Exchange exchange, ConsumerRules.Obstacle obstacle, String name) {
        int code = switch (obstacle) {
            case NO_GROUP -> ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST;
            case NO_TOPIC -> ResponseCode.TOPIC_NOT_EXIST;
            case GROUP_DISABLED, NO_BROADCAST, NOT_READABLE -> ResponseCode.NO_PERMISSION;
        };
        exchange.answer(code, obstacle.text(name));
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
        return rules.find(name);
    }
}
