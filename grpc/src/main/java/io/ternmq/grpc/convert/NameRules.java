package io.ternmq.grpc.convert;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.Resource;
import io.ternmq.broker.catalog.Names;
import io.ternmq.grpc.call.CallRefused;

/** What a request may name. */
public final class NameRules {
    private NameRules() {}

    /**
     * Checks a topic's name; whether there is such a topic is another question.
     *
     * @return its name
     * @throws CallRefused when clients can have no such topic
     */
    public static String topic(Resource topic) {
        String name = topic.getName();
        try {
            Names.checkTopic(name);
        } catch (IllegalArgumentException e) {
            throw new CallRefused(Code.ILLEGAL_TOPIC, String.valueOf(e.getMessage()));
        }
        if (Names.isSystemTopic(name)) {
            throw new CallRefused(
                    Code.ILLEGAL_TOPIC, "topic: " + name + " (expected: one that is not the broker's own)");
        }
        return name;
    }

    /**
     * Checks a group's name.
     *
     * @return its name
     * @throws CallRefused when there can be no such group
     */
    public static String group(Resource group) {
        try {
            Names.checkGroup(group.getName());
            return group.getName();
        } catch (IllegalArgumentException e) {
            throw new CallRefused(Code.ILLEGAL_CONSUMER_GROUP, String.valueOf(e.getMessage()));
        }
    }
}
