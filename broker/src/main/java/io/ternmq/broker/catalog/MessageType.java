package io.ternmq.broker.catalog;

import io.ternmq.protocol.message.PropertyNames;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What kinds of messages there are; a topic may declare by its attribute {@value #ATTRIBUTE} which one it takes. */
public enum MessageType {
    /** Consumed as soon as it is stored, in no promised order. */
    NORMAL,
    /** In order with the others of its key. */
    FIFO,
    /** Consumed at its time. */
    DELAY,
    /** Consumed once its producer commits it. */
    TRANSACTION;

    /** The attribute's name, as RocketMQ has it. */
    public static final String ATTRIBUTE = "message.type";

    private static final Set<MessageType> ALL = Collections.unmodifiableSet(EnumSet.allOf(MessageType.class));

    /** @return what the topic declares to take; all where it declares none of them */
    public static Set<MessageType> acceptedBy(TopicConfig topic) {
        String declared = topic.attributes().getOrDefault(ATTRIBUTE, "").trim().toUpperCase(Locale.ROOT);
        for (MessageType type : ALL) {
            if (type.name().equals(declared)) {
                return Collections.unmodifiableSet(EnumSet.of(type));
            }
        }
        return ALL;
    }

    /** @return what kind of message has these properties */
    public static MessageType of(Map<String, String> properties) {
        if ("true".equals(properties.get(PropertyNames.TRANSACTION_PREPARED))) {
            return TRANSACTION;
        }
        if (properties.containsKey(PropertyNames.DELAY_LEVEL)
                || properties.containsKey(PropertyNames.TIMER_DELIVER_MS)
                || properties.containsKey(PropertyNames.TIMER_DELAY_SECONDS)
                || properties.containsKey(PropertyNames.TIMER_DELAY_MS)) {
            return DELAY;
        }
        return properties.containsKey(PropertyNames.SHARDING_KEY) ? FIFO : NORMAL;
    }
}
