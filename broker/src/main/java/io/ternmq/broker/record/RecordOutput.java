package io.ternmq.broker.record;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Writes the fields of control records, big-endian, one behind the other. Grows as needed; one thread. */
public final class RecordOutput {
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(256);
    private int length;

    /** Forgets what was written. */
    public RecordOutput clear() {
        length = 0;
        return this;
    }

    /** @return the bytes written, from index 0 to {@link #length()}; valid until the next write */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** @return how many bytes were written */
    public int length() {
        return length;
    }

    /** Writes 4 bytes. */
    public RecordOutput intValue(int value) {
        buffer.putInt(length, value, ByteOrder.BIG_ENDIAN);
        length += Integer.BYTES;
        return this;
    }

    /** Writes 8 bytes. */
    public RecordOutput longValue(long value) {
        buffer.putLong(length, value, ByteOrder.BIG_ENDIAN);
        length += Long.BYTES;
        return this;
    }

    /** Writes one byte, 0 or 1. */
    public RecordOutput bool(boolean value) {
        buffer.putByte(length, (byte) (value ? 1 : 0));
        length++;
        return this;
    }

    /** Writes the length in 4 bytes and the text in UTF-8. */
    public RecordOutput string(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        intValue(bytes.length);
        buffer.putBytes(length, bytes);
        length += bytes.length;
        return this;
    }

    /** Writes the count and the numbers. */
    public RecordOutput ints(int[] values) {
        intValue(values.length);
        for (int value : values) {
            intValue(value);
        }
        return this;
    }

    /** Writes the count and the pairs, sorted by key so that equal maps give equal bytes. */
    public RecordOutput strings(Map<String, String> values) {
        intValue(values.size());
        new TreeMap<>(values).forEach((key, value) -> string(key).string(value));
        return this;
    }
}
