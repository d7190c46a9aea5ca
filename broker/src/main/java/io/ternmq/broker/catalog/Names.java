package io.ternmq.broker.catalog;

import java.util.Set;

/** Which names topics and groups may have, and the names that mean something. */
public final class Names {
    /** Prefix of the topic through which a group gets its failed messages again. */
    public static final String RETRY_PREFIX = "%RETRY%";

    /** Prefix of the topic that holds a group's dead letters. */
    public static final String DEAD_LETTER_PREFIX = "%DLQ%";

    /** The template of topics that are made on first use; clients know it by this name. */
    public static final String TEMPLATE_TOPIC = "TBW102";

    /** Holds delayed messages, one queue a delay level. */
    public static final String SCHEDULE_TOPIC = "SCHEDULE_TOPIC_XXXX";

    /** Holds the half messages of transactions until they are decided; nobody reads it. */
    public static final String HALF_TOPIC = "RMQ_SYS_TRANS_HALF_TOPIC";

    /** Where an operator finds half messages that their producers never decided on. */
    public static final String GIVEN_UP_TOPIC = "TRANS_CHECK_MAX_TIME_TOPIC";

    /** Where clients with tracing switched on send their traces. */
    public static final String TRACE_TOPIC = "RMQ_SYS_TRACE_TOPIC";

    /** Holds timed messages, one queue a slot of time. */
    public static final String TIMER_TOPIC = "rmq_sys_wheel_timer";

    private static final int GROUP_CHARS_MAX = 255;
    private static final Set<String> WRITTEN_BY_BROKER =
            Set.of(SCHEDULE_TOPIC, TIMER_TOPIC, HALF_TOPIC, GIVEN_UP_TOPIC);
    private static final Set<String> SYSTEM_TOPICS =
            Set.of(TEMPLATE_TOPIC, SCHEDULE_TOPIC, TIMER_TOPIC, TRACE_TOPIC, HALF_TOPIC, GIVEN_UP_TOPIC);

    private Names() {}

    /** @return the topic that brings the group its failed messages */
    public static String retryTopic(String group) {
        return RETRY_PREFIX + group;
    }

    /** @return whether the topic is some group's retry topic */
    public static boolean isRetryTopic(String topic) {
        return topic.startsWith(RETRY_PREFIX);
    }

    /** @return the group whose retry topic it is */
    public static String groupOfRetryTopic(String topic) {
        return topic.substring(RETRY_PREFIX.length());
    }

    /** @return the topic that keeps what the group could not consume */
    public static String deadLetterTopic(String group) {
        return DEAD_LETTER_PREFIX + group;
    }

    /** @return whether it belongs to the broker: never deleted, and only the broker changes it */
    public static boolean isSystemTopic(String topic) {
        return SYSTEM_TOPICS.contains(topic);
    }

    /** @return whether only the broker itself puts messages there */
    public static boolean isWrittenByBroker(String topic) {
        return WRITTEN_BY_BROKER.contains(topic);
    }

    /** Throws {@link IllegalArgumentException} when no topic can have that name. */
    public static void checkTopic(String topic) {
        // the prefixes of retry and dead-letter topics come on top of a group's own name
        boolean derived = topic.startsWith(RETRY_PREFIX) || topic.startsWith(DEAD_LETTER_PREFIX);
        check("topic", topic, derived ? GROUP_CHARS_MAX : TopicConfig.NAME_CHARS_MAX);
    }

    /** Throws {@link IllegalArgumentException} when no group can have that name. */
    public static void checkGroup(String group) {
        check("group", group, GROUP_CHARS_MAX - RETRY_PREFIX.length());
    }

    private static void check(String what, String name, int charsMax) {
        if (name.isEmpty() || name.length() > charsMax) {
            throw new IllegalArgumentException(
                    what + ": a name of " + name.length() + " characters (expected: 1.." + charsMax + ")");
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isAllowed(name.charAt(i))) {
                throw new IllegalArgumentException(what + ": '" + name + "' (expected: letters, digits and %|-_ only)");
            }
        }
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "%|-_".indexOf(c) >= 0;
    }
}
