package io.ternmq.broker.delay;

import io.ternmq.protocol.message.PropertyNames;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a delayed message remembers where it belongs while it waits in its level's queue. */
public final class DelayRule {
    private DelayRule() {}

    /** @return the level that a message's properties ask for, at most the last one; 0 for none or nonsense */
    public static int level(@Nullable String delayProperty) {
        if (delayProperty == null) {
            return 0;
        }
        try {
            return DelayLevels.clamp(Math.max(0, Integer.parseInt(delayProperty.strip())));
        } catch (NumberFormatException e) {
            return 0; // as RocketMQ's brokers take it: not delayed
        }
    }

    /** Notes in the properties where the message goes once it is due, and how it is delayed. */
    public static void delay(Map<String, String> properties, String topic, int queueId, int level) {
        properties.put(PropertyNames.DELAY_LEVEL, Integer.toString(level));
        properties.put(PropertyNames.REAL_TOPIC, topic);
        properties.put(PropertyNames.REAL_QUEUE_ID, Integer.toString(queueId));
    }

    /** Takes out what {@link #delay} noted. */
    static void undelay(Map<String, String> properties) {
        properties.remove(PropertyNames.DELAY_LEVEL);
        properties.remove(PropertyNames.REAL_TOPIC);
        properties.remove(PropertyNames.REAL_QUEUE_ID);
    }
}
