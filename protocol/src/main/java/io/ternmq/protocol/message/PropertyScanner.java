package io.ternmq.protocol.message;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Walks over properties where they lie, without a map: {@code while (scanner.next()) …}. Entries that RocketMQ clients
 * ignore (no name, no value, no separator) are skipped. Reuse it; not thread-safe.
 */
public final class PropertyScanner {
    private DirectBuffer buffer = new UnsafeBuffer(0, 0);
    private int next;
    private int end;
    private int nameIndex;
    private int valueIndex;
    private int valueEnd;

    /** Starts anew, over {@code length} bytes at {@code index}. */
    public PropertyScanner wrap(DirectBuffer buffer, int index, int length) {
        buffer.boundsCheck(index, length);
        this.buffer = buffer;
        this.next = index;
        this.end = index + length;
        return this;
    }

    /** Goes to the next property. @return false when there is none */
    public boolean next() {
        while (next < end) {
            int entryIndex = next;
            int entryEnd = indexOf(MessageProperties.ENTRY_SEPARATOR, entryIndex, end);
            next = entryEnd + 1;
            int separatorIndex = indexOf(MessageProperties.NAME_SEPARATOR, entryIndex, entryEnd);
            if (separatorIndex > entryIndex && separatorIndex < entryEnd - 1) {
                nameIndex = entryIndex;
                valueIndex = separatorIndex + 1;
                valueEnd = entryEnd;
                return true;
            }
        }
        return false;
    }

    /** @return whether the name of the current property is {@code asciiName} */
    public boolean nameIs(String asciiName) {
        if (nameLength() != asciiName.length()) {
            return false;
        }
        for (int i = 0; i < asciiName.length(); i++) {
            if (buffer.getByte(nameIndex + i) != asciiName.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** @return where the name begins in the buffer */
    public int nameIndex() {
        return nameIndex;
    }

    /** @return bytes of the name */
    public int nameLength() {
        return valueIndex - 1 - nameIndex;
    }

    /** @return where the value begins in the buffer */
    public int valueIndex() {
        return valueIndex;
    }

    /** @return bytes of the value; never 0 */
    public int valueLength() {
        return valueEnd - valueIndex;
    }

    /** @return the name, as a new String */
    public String name() {
        return Utf8.decode(buffer, nameIndex, nameLength());
    }

    /** @return the value, as a new String */
    public String value() {
        return Utf8.decode(buffer, valueIndex, valueLength());
    }

    private int indexOf(byte wanted, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long found = EightBytes.equalTo(EightBytes.at(buffer, i), wanted);
            if (found != 0) {
                return i + EightBytes.first(found);
            }
        }
        while (i < to && buffer.getByte(i) != wanted) {
            i++;
        }
        return i;
    }
}
