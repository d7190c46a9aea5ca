package io.ternmq.log.storage;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Takes the bytes of one slice of state for a checkpoint; big-endian. For one thread. */
public final class SliceOutput {
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private int length;

    /** Makes an empty output. */
    public SliceOutput() {}

    /** Appends one byte. */
    public void writeByte(int value) {
        buffer.putByte(length, (byte) value);
        length += Byte.BYTES;
    }

    /** Appends four bytes. */
    public void writeInt(int value) {
        buffer.putInt(length, value, ByteOrder.BIG_ENDIAN);
        length += Integer.BYTES;
    }

    /** Appends eight bytes. */
    public void writeLong(long value) {
        buffer.putLong(length, value, ByteOrder.BIG_ENDIAN);
        length += Long.BYTES;
    }

    /** Appends bytes as they are, without their length. */
    public void writeBytes(DirectBuffer src, int index, int count) {
        buffer.putBytes(length, src, index, count);
        length += count;
    }

    /** Appends a text: its length in bytes (four), then its bytes in UTF-8. */
    public void writeText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writeInt(bytes.length);
        buffer.putBytes(length, bytes);
        length += bytes.length;
    }

    /** @return what was written; valid until the next write */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** @return how many bytes were written */
    public int length() {
        return length;
    }

    /** Begins again, empty. */
    public void clear() {
        length = 0;
    }
}
