package io.ternmq.client.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ternmq.InvalidRequestException;
import io.ternmq.Message;
import io.ternmq.engine.OutgoingMessage;
import io.ternmq.protocol.message.MessageRecordLayout;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.message.ReservedProperties;
import java.util.Map;

/** Writes the properties of a message that is to be sent, as {@link io.ternmq.protocol.message.MessageProperties} describes them. */
public final class PropertiesText {

    private static final char NAME_END = 1;
    private static final char VALUE_END = 2;
    private static final int CHARS_USUAL = 160;
    /** Brokers add some of their own to what waits or is tried again. */
    private static final int BYTES_MAX = MessageRecordLayout.PROPERTIES_BYTES_MAX - 1024;

    private final StringBuilder text = new StringBuilder(CHARS_USUAL);

    /** Begins with nothing. */
    public PropertiesText() {}

    /**
     * Adds all that the message says.
     *
     * @param outgoing the message
     * @return this
     * @throws InvalidRequestException when a property cannot be sent
     */
    public PropertiesText add(OutgoingMessage outgoing) {
        Message message = outgoing.message();
        put(PropertyNames.UNIQUE_KEY, outgoing.id());
        if (!message.keys().isEmpty()) {
            put(PropertyNames.KEYS, String.join(" ", message.keys()));
        }
        message.tag().ifPresent(tag -> put(PropertyNames.TAGS, tag));
        message.orderingGroup().ifPresent(group -> put(PropertyNames.SHARDING_KEY, group));
        message.lane().ifPresent(lane -> put(PropertyNames.LANE, lane));
        if (message.priority() > 0) {
            put(PropertyNames.PRIORITY, Integer.toString(message.priority()));
        }
        message.delay().ifPresent(delay -> put(PropertyNames.TIMER_DELAY_MS, Long.toString(delay.toMillis())));
        message.deliverAt().ifPresent(time -> put(PropertyNames.TIMER_DELIVER_MS, Long.toString(time.toEpochMilli())));
        for (Map.Entry<String, String> property : message.properties().entrySet()) {
            putOfApplication(property.getKey(), property.getValue());
        }
        return this;
    }

    private void putOfApplication(String name, String value) {
        if (ReservedProperties.contains(name)) {
            throw new InvalidRequestException(
                    "property: '" + name + "' (expected: a name that has no meaning of its own to the queue)");
        }
        if (name.indexOf(NAME_END) >= 0) {
            throw new InvalidRequestException("property: '" + name + "' (expected: a name without separators)");
        }
        put(name, value);
    }

    /**
     * Adds one.
     *
     * @param name  not empty
     * @param value not empty
     * @return this
     * @throws InvalidRequestException when it cannot be sent
     */
    public PropertiesText put(String name, String value) {
        if (value.isEmpty() || value.indexOf(VALUE_END) >= 0 || name.indexOf(VALUE_END) >= 0) {
            throw new InvalidRequestException(
                    "property " + name + ": '" + value + "' (expected: not empty, without separators)");
        }
        text.append(name).append(NAME_END).append(value).append(VALUE_END);
        return this;
    }

    /**
     * Ends them.
     *
     * @return UTF-8
     * @throws InvalidRequestException when they are too long
     */
    public byte[] toBytes() {
        byte[] bytes = text.toString().getBytes(UTF_8);
        if (bytes.length > BYTES_MAX) {
            throw new InvalidRequestException(
                    "properties: " + bytes.length + " bytes (expected: at most " + BYTES_MAX + ")");
        }
        return bytes;
    }
}
