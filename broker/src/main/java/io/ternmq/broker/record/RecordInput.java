package io.ternmq.broker.record;

import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Reads what {@link RecordOutput} wrote. Every length is checked against what is left, so bytes that are no record
 * give an {@link IllegalArgumentException} and never a huge allocation. One thread.
 */
public final class RecordInput {
    private final DirectBuffer buffer;
    private final int end;
    private int index;

    /** Reads the {@code length} bytes from {@code index} on. */
    public RecordInput(DirectBuffer buffer, int index, int length) {
        this.buffer = buffer;
        this.index = index;
        this.end = index + length;
    }

    /** @return whether everything was read */
    public boolean isAtEnd() {
        return index == end;
    }

    /** Reads 4 bytes. */
    public int intValue() {
        return buffer.getInt(take(Integer.BYTES), ByteOrder.BIG_ENDIAN);
    }

    /** Reads 8 bytes. */
    public long longValue() {
        return buffer.getLong(take(Long.BYTES), ByteOrder.BIG_ENDIAN);
    }

    /** Reads one byte. */
    public boolean bool() {
        return buffer.getByte(take(1)) != 0;
    }

    /** Reads a count of things of at least {@code bytesEach} bytes. */
    public int count(int bytesEach) {
        int count = intValue();
        if (count < 0 || (long) count * bytesEach > end - index) {
            throw new IllegalArgumentException(
                    "count: " + count + " (expected: at most " + (end - index) + " bytes of " + bytesEach + ")");
        }
        return count;
    }

    /** Reads a text. */
    public String string() {
        int length = count(1);
        return buffer.getStringWithoutLengthUtf8(take(length), length);
    }

    /** Reads numbers. */
    public int[] ints() {
        int[] values = new int[count(Integer.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = intValue();
        }
        return values;
    }

    /** Reads pairs of texts. */
    public Map<String, String> strings() {
        int count = count(2 * Integer.BYTES);
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            values.put(string(), string());
        }
        return values;
    }

    private int take(int bytes) {
        int at = index;
        if (bytes > end - at) {
            throw new IllegalArgumentException("record: " + (end - at) + " bytes left (expected: " + bytes + ")");
        }
        index = at + bytes;
        return at;
    }
}
