package io.ternmq.grpc.convert;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.Message;
import apache.rocketmq.v2.MessageType;
import apache.rocketmq.v2.SystemProperties;
import io.ternmq.broker.timer.TimerRule;
import io.ternmq.grpc.call.CallRefused;
import io.ternmq.protocol.message.PropertyNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Properties of a message as its sender gives them, in the words that all clients share. */
public final class SentProperties {
    /** A producer may ask to be left alone with a transaction for so long at most. */
    private static final long RECOVERY_SECONDS_MAX = TimeUnit.HOURS.toSeconds(1);

    private SentProperties() {}

    /**
     * Translates and checks them.
     *
     * @param nowMs the shard's time
     * @return by name; may be changed
     * @throws CallRefused when one is not allowed
     */
    public static Map<String, String> of(Message message, long nowMs) {
        SystemProperties system = message.getSystemProperties();
        int bytes = PropertyRules.checkUsers(message.getUserPropertiesMap());
        Map<String, String> properties = new LinkedHashMap<>(message.getUserPropertiesMap());
        properties.values().removeIf(String::isEmpty); // nobody could read them back
        bytes += putTagAndKeys(system, properties);
        if (bytes > PropertyRules.BYTES_MAX) {
            throw new CallRefused(
                    Code.MESSAGE_PROPERTIES_TOO_LARGE,
                    "the total size of user property is too large, max is " + PropertyRules.BYTES_MAX);
        }
        if (system.getMessageId().isBlank() || PropertyRules.hasControlCharacter(system.getMessageId())) {
            throw new CallRefused(Code.ILLEGAL_MESSAGE_ID, "message id cannot be empty");
        }
        properties.put(PropertyNames.UNIQUE_KEY, system.getMessageId());
        if (system.getMessageType() == MessageType.TRANSACTION) {
            putTransaction(system, properties);
        }
        putDelivery(system, properties, nowMs);
        if (!system.getMessageGroup().isEmpty()) {
            PropertyRules.checkGroup(system.getMessageGroup());
            properties.put(PropertyNames.SHARDING_KEY, system.getMessageGroup());
        }
        putIfPlain(properties, PropertyNames.TRACE_CONTEXT, system.getTraceContext());
        putIfPlain(properties, PropertyNames.BORN_HOST, system.getBornHost());
        return properties;
    }

    private static int putTagAndKeys(SystemProperties system, Map<String, String> properties) {
        PropertyRules.checkTag(system.getTag());
        putIfPlain(properties, PropertyNames.TAGS, system.getTag());
        int bytes = PropertyRules.bytes(system.getTag());
        for (String key : system.getKeysList()) {
            PropertyRules.checkKey(key);
            bytes += PropertyRules.bytes(key);
        }
        String separator = String.valueOf(PropertyNames.KEY_SEPARATOR);
        putIfPlain(properties, PropertyNames.KEYS, String.join(separator, system.getKeysList()));
        return bytes;
    }

    private static void putTransaction(SystemProperties system, Map<String, String> properties) {
        properties.put(PropertyNames.TRANSACTION_PREPARED, "true");
        if (system.hasOrphanedTransactionRecoveryDuration()) {
            long seconds = system.getOrphanedTransactionRecoveryDuration().getSeconds();
            if (seconds > RECOVERY_SECONDS_MAX) {
                throw new CallRefused(
                        Code.BAD_REQUEST,
                        "the max transaction recovery time of message is too large, max is " + RECOVERY_SECONDS_MAX);
            }
            properties.put(PropertyNames.CHECK_IMMUNITY_SECONDS, Long.toString(Math.max(0, seconds)));
        }
    }

    private static void putDelivery(SystemProperties system, Map<String, String> properties, long nowMs) {
        if (!system.hasDeliveryTimestamp()) {
            return;
        }
        long dueMs = Times.ms(system.getDeliveryTimestamp());
        if (dueMs - nowMs > TimerRule.DELAY_MS_MAX) {
            throw new CallRefused(
                    Code.ILLEGAL_DELIVERY_TIME,
                    "the max delay time of message is too large, max is " + TimerRule.DELAY_MS_MAX);
        }
        properties.put(PropertyNames.TIMER_DELIVER_MS, Long.toString(Math.max(0, dueMs)));
    }

    private static void putIfPlain(Map<String, String> properties, String name, String value) {
        if (!value.isEmpty() && !PropertyRules.hasControlCharacter(value)) {
            properties.put(name, value);
        }
    }
}
