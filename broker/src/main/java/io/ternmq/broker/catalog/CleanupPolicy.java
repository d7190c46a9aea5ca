package io.ternmq.broker.catalog;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What retention does with a topic's messages; declared by the topic's attribute {@value #ATTRIBUTE}. */
public enum CleanupPolicy {
    /** Takes them when they are old, or the log is too large. */
    DELETE,
    /** Of what it would take, keeps the newest message of each key in each queue. */
    COMPACTION;

    /** The attribute's name, as RocketMQ has it. */
    public static final String ATTRIBUTE = "cleanup.policy";

    /** @return the policy that the attributes declare; {@link #DELETE} when they say nothing that can be understood */
    static CleanupPolicy of(Map<String, String> attributes) {
        CleanupPolicy declared = parse(attributes.get(ATTRIBUTE));
        return declared == null ? DELETE : declared;
    }

    private static @Nullable CleanupPolicy parse(@Nullable String value) {
        return switch (value == null ? "" : value.toUpperCase(Locale.ROOT)) {
            case "", "DELETE" -> DELETE;
            case "COMPACTION", "COMPACT" -> COMPACTION;
            default -> null;
        };
    }

    /**
     * Says what is wrong with a topic's policy.
     *
     * @return name, value and what was expected; null when nothing is wrong
     */
    public static @Nullable String problem(TopicConfig config) {
        String value = config.attributes().get(ATTRIBUTE);
        if (parse(value) == null) {
            return ATTRIBUTE + ": " + value + " (expected: DELETE or COMPACTION)";
        }
        boolean derived = config.name().startsWith(Names.RETRY_PREFIX)
                || config.name().startsWith(Names.DEAD_LETTER_PREFIX)
                || Names.isSystemTopic(config.name());
        return derived && of(config.attributes()) == COMPACTION
                ? ATTRIBUTE + ": " + value + " (expected: DELETE, since " + config.name() + " is written by the broker)"
                : null;
    }
}
