package io.ternmq.embedded.message;

import io.ternmq.InvalidRequestException;
import io.ternmq.Message;
import io.ternmq.engine.OutgoingMessage;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.message.ReservedProperties;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The properties of a message in the log: those of the sender, and those that say what it said otherwise. */
public final class SentProperties {

    private SentProperties() {}

    /**
     * All properties of a message, but those of its delay.
     *
     * @param outgoing the message
     * @return to be changed by the caller
     * @throws InvalidRequestException when one has a reserved name, or a character that cannot be stored
     */
    public static Map<String, String> of(OutgoingMessage outgoing) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(PropertyNames.UNIQUE_KEY, outgoing.id());
        forEachSaid(outgoing.message(), properties::put);
        return properties;
    }

    /** What the sender said, which does not include the id. */
    static void forEachSaid(Message message, BiConsumer<String, String> sink) {
        if (!message.keys().isEmpty()) {
            sink.accept(PropertyNames.KEYS, checked("key", String.join(" ", message.keys())));
        }
        put(sink, PropertyNames.TAGS, "tag", message.tag());
        put(sink, PropertyNames.SHARDING_KEY, "orderingGroup", message.orderingGroup());
        put(sink, PropertyNames.LANE, "lane", message.lane());
        if (message.priority() > 0) {
            sink.accept(PropertyNames.PRIORITY, Integer.toString(message.priority()));
        }
        if (!message.properties().isEmpty()) {
            message.properties().forEach((name, value) -> {
                check(name, value);
                sink.accept(name, value);
            });
        }
    }

    private static void put(BiConsumer<String, String> sink, String name, String what, Optional<String> value) {
        if (value.isPresent()) {
            sink.accept(name, checked(what, value.get()));
        }
    }

    private static void check(String name, String value) {
        if (ReservedProperties.contains(name)) {
            throw new InvalidRequestException(
                    "property: '" + name + "' (expected: a name that the queue does not use)");
        }
        String unused = checked("property '" + checked("property", name) + "'", value);
    }

    /** These characters stand between properties in the log. */
    private static String checked(String what, String text) {
        if (hasSeparator(text)) {
            throw new InvalidRequestException(what + ": '" + shown(text)
                    + "' with the character 1 or 2 (expected: a text without these control characters)");
        }
        return text;
    }

    private static String shown(String text) {
        return text.replace("\u0001", "\\u0001").replace("\u0002", "\\u0002");
    }

    private static boolean hasSeparator(String text) {
        return text.indexOf('\u0001') >= 0 || text.indexOf('\u0002') >= 0;
    }
}
