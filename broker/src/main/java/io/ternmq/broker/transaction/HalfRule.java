package io.ternmq.broker.transaction;

import io.ternmq.protocol.message.PropertyNames;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a half message remembers where it belongs, and what of that its consumers see. */
public final class HalfRule {
    /** A producer may ask to be left alone for so long at most. */
    static final long IMMUNITY_MS_MAX = 7L * 24 * 60 * 60 * 1_000;

    private HalfRule() {}

    /**
     * Notes in the properties where the message goes once it is committed.
     *
     * @param producerGroup the sender's group, unless the properties name one
     */
    public static void prepare(Map<String, String> properties, String topic, int queueId, String producerGroup) {
        String uniqueKey = properties.get(PropertyNames.UNIQUE_KEY);
        if (uniqueKey != null) {
            properties.put(PropertyNames.TRANSACTION_ID, uniqueKey);
        }
        properties.putIfAbsent(PropertyNames.PRODUCER_GROUP, producerGroup);
        properties.put(PropertyNames.REAL_TOPIC, topic);
        properties.put(PropertyNames.REAL_QUEUE_ID, Integer.toString(queueId));
    }

    /** Takes out what only mattered while it was undecided. */
    static void commit(Map<String, String> properties) {
        properties.remove(PropertyNames.TRANSACTION_PREPARED);
        properties.remove(PropertyNames.REAL_TOPIC);
        properties.remove(PropertyNames.REAL_QUEUE_ID);
    }

    /** @return the queue of its topic that it goes to; -1 when it does not say */
    static int queueId(Map<String, String> properties) {
        return (int) number(properties.get(PropertyNames.REAL_QUEUE_ID), -1);
    }

    /** @return how long after it was stored it is asked about first: what it asks for, but the timeout at least */
    static long immunityMs(Map<String, String> properties, long timeoutMs) {
        long seconds = number(properties.get(PropertyNames.CHECK_IMMUNITY_SECONDS), 0);
        long askedMs = seconds >= IMMUNITY_MS_MAX / 1_000 ? IMMUNITY_MS_MAX : seconds * 1_000;
        return Math.max(timeoutMs, askedMs);
    }

    private static long number(@Nullable String text, int otherwise) {
        try {
            return text == null ? otherwise : Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return otherwise; // as RocketMQ's brokers take it: not said
        }
    }
}
