package io.ternmq.protocol.message;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Properties as they stand in records and send requests, in UTF-8:
 * <pre>
 *   name 0x01 value 0x02 name 0x01 value 0x02 …     (the last 0x02 may be missing)
 * </pre>
 * A name ends at the first 0x01, so a value may hold more of them; there is no escape. Of two properties with one name the later counts.
 */
public final class MessageProperties {
    static final byte NAME_SEPARATOR = 1;
    static final byte ENTRY_SEPARATOR = 2;

    private MessageProperties() {}

    /**
     * Looks a property up without making a map.
     *
     * @param name ASCII
     * @return its value, or null
     */
    public static @Nullable String find(DirectBuffer buffer, int index, int length, String name) {
        PropertyScanner scanner = new PropertyScanner().wrap(buffer, index, length);
        int valueIndex = -1;
        int valueLength = 0;
        while (scanner.next()) {
            if (scanner.nameIs(name)) {
                valueIndex = scanner.valueIndex();
                valueLength = scanner.valueLength();
            }
        }
        return valueIndex < 0 ? null : Utf8.decode(buffer, valueIndex, valueLength);
    }

    /** @return all properties, in the order in which they stand */
    public static Map<String, String> parse(DirectBuffer buffer, int index, int length) {
        Map<String, String> properties = new LinkedHashMap<>();
        PropertyScanner scanner = new PropertyScanner().wrap(buffer, index, length);
        while (scanner.next()) {
            properties.put(scanner.name(), scanner.value());
        }
        return properties;
    }

    /**
     * @param properties names and values, in the order in which they shall stand
     * @return their bytes
     * @throws MalformedMessageException when it could not be read back: a name or a value is empty or holds 0x02, or a
     *     name holds 0x01. What was parsed can always be formatted.
     */
    public static byte[] format(Map<String, String> properties) {
        StringBuilder text = new StringBuilder(properties.size() * 32);
        properties.forEach((name, value) -> {
            check(name, value);
            text.append(name).append((char) NAME_SEPARATOR).append(value).append((char) ENTRY_SEPARATOR);
        });
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static void check(String name, String value) {
        check("property name", name, name.indexOf(NAME_SEPARATOR) < 0);
        check(name, value, true);
    }

    private static void check(String what, String text, boolean sound) {
        if (!sound || text.isEmpty() || text.indexOf(ENTRY_SEPARATOR) >= 0) {
            throw new MalformedMessageException(what, "'" + text + "'", "not empty, without separators");
        }
    }
}
