package io.ternmq.broker.catalog;

import java.util.Map;

/**
 * What an operator or a client asked a topic to be.
 *
 * @param name the topic's name; 1 to {@value #NAME_CHARS_MAX} characters
 * @param readQueues how many of its queues consumers read; 1 to {@value #QUEUES_MAX}
 * @param writeQueues how many of its queues producers write; 1 to {@value #QUEUES_MAX}
 * @param permission bits of {@link Permission}
 * @param ordered whether the topic was declared as globally ordered; kept for clients that ask, without meaning here
 * @param attributes declared attributes by name, without a leading '+'
 */
public record TopicConfig(
        String name, int readQueues, int writeQueues, int permission, boolean ordered, Map<String, String> attributes) {
    /** RocketMQ's limit for a topic's name. */
    public static final int NAME_CHARS_MAX = 127;

    /** Most queues a topic may have for reading or writing. */
    public static final int QUEUES_MAX = 65_535;

    /** Checks every part; the message names it, its value and what was expected. */
    public TopicConfig {
        Names.checkTopic(name);
        checkQueues("readQueues", readQueues);
        checkQueues("writeQueues", writeQueues);
        if ((permission & ~Permission.ALL) != 0) {
            throw new IllegalArgumentException(
                    "permission: " + permission + " (expected: a sum of 4 read, 2 write, 1 inherit)");
        }
        attributes = Map.copyOf(attributes);
    }

    /** @return a readable and writable topic with that many queues */
    public static TopicConfig of(String name, int queues) {
        return new TopicConfig(name, queues, queues, Permission.READ | Permission.WRITE, false, Map.of());
    }

    /** @return whether retention keeps the newest message of each key */
    public boolean isCompacted() {
        return CleanupPolicy.of(attributes) == CleanupPolicy.COMPACTION;
    }

    /** @return how many queues exist for it at least */
    public int queueCount() {
        return Math.max(readQueues, writeQueues);
    }

    private static void checkQueues(String name, int value) {
        if (value < 1 || value > QUEUES_MAX) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1.." + QUEUES_MAX + ")");
        }
    }
}
