package io.ternmq.protocol.message;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Writes properties as {@link MessageProperties} describes them into a buffer of its own, which is used again. Not thread-safe. */
public final class PropertiesWriter {
    private static final int ASCII_MAX = 0x7F;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(512);
    private int length;

    /** Forgets what was written. */
    public PropertiesWriter clear() {
        length = 0;
        return this;
    }

    /**
     * Adds a property.
     *
     * @return where its value begins
     * @throws MalformedMessageException when it could not be read back, as with {@link MessageProperties#format}
     */
    public int put(String name, String value) {
        MessageProperties.check(name, value);
        write(name);
        buffer.putByte(length++, MessageProperties.NAME_SEPARATOR);
        int valueIndex = length;
        write(value);
        buffer.putByte(length++, MessageProperties.ENTRY_SEPARATOR);
        return valueIndex;
    }

    /** @return holds what was written, from 0 on, until the next change */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** @return how many bytes were written */
    public int length() {
        return length;
    }

    private void write(String text) {
        buffer.checkLimit(length + text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character > ASCII_MAX) {
                byte[] rest = text.substring(i).getBytes(StandardCharsets.UTF_8);
                buffer.putBytes(length, rest);
                length += rest.length;
                return;
            }
            buffer.putByte(length++, (byte) character);
        }
    }
}
