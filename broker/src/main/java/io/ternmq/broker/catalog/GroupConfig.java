package io.ternmq.broker.catalog;

import java.util.Map;

/**
 * The settings of a consumer group.
 *
 * @param name the group's name
 * @param consumeEnabled whether its members get messages at all
 * @param broadcastEnabled whether its members may consume in broadcasting mode
 * @param ordered whether it was declared to consume in order
 * @param retryQueues queues of its retry topic; at least 1
 * @param retryMax how often a failed message is given again before it becomes a dead letter; 0 or more
 * @param notifyMembers whether members hear of a change of membership at once
 * @param attributes declared attributes by name
 * @param retryPolicy how long a failed message waits before it is given again
 */
public record GroupConfig(
        String name,
        boolean consumeEnabled,
        boolean broadcastEnabled,
        boolean ordered,
        int retryQueues,
        int retryMax,
        boolean notifyMembers,
        Map<String, String> attributes,
        RetryPolicy retryPolicy) {
    /** RocketMQ's default. */
    public static final int RETRY_MAX_DEFAULT = 16;

    /** Checks every part; the message names it, its value and what was expected. */
    public GroupConfig {
        Names.checkGroup(name);
        if (retryQueues < 1 || retryQueues > TopicConfig.QUEUES_MAX) {
            throw new IllegalArgumentException(
                    "retryQueues: " + retryQueues + " (expected: 1.." + TopicConfig.QUEUES_MAX + ")");
        }
        if (retryMax < 0) {
            throw new IllegalArgumentException("retryMax: " + retryMax + " (expected: 0 or more)");
        }
        attributes = Map.copyOf(attributes);
    }

    /** @return what a group gets that nobody configured */
    public static GroupConfig of(String name) {
        return new GroupConfig(name, true, true, false, 1, RETRY_MAX_DEFAULT, true, Map.of(), RetryPolicy.CLASSIC);
    }
}
