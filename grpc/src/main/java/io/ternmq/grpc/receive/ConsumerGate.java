package io.ternmq.grpc.receive;

import apache.rocketmq.v2.Code;
import io.ternmq.broker.access.ConsumerRules;
import io.ternmq.grpc.call.CallRefused;
import org.jspecify.annotations.Nullable;

/** Which groups may consume which topics, in the words of this protocol. Thread-safe. */
public final class ConsumerGate {
    private final ConsumerRules rules;

    /** @param rules say who may consume */
    public ConsumerGate(ConsumerRules rules) {
        this.rules = rules;
    }

    /** @throws CallRefused when the group may not consume the topic; a group that is not there is made if clients may */
    public void check(String group, String topic) {
        check(rules.ofTopic(topic), topic);
        check(rules.ofGroup(group), group);
    }

    /** @throws CallRefused when nobody may read the topic */
    public void checkTopic(String topic) {
        check(rules.ofTopic(topic), topic);
    }

    private static void check(ConsumerRules.@Nullable Obstacle obstacle, String name) {
        if (obstacle != null) {
            throw new CallRefused(code(obstacle), obstacle.text(name));
        }
    }

    /** @return the code that clients know for each obstacle */
    static Code code(ConsumerRules.Obstacle obstacle) {
        return switch (obstacle) {
            case NO_GROUP -> Code.CONSUMER_GROUP_NOT_FOUND;
            case NO_TOPIC -> Code.TOPIC_NOT_FOUND;
            case GROUP_DISABLED, NO_BROADCAST, NOT_READABLE -> Code.FORBIDDEN;
        };
    }
}
