package io.ternmq.protocol.remoting;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** The bytes of a header that is being written. Grows; shrinks again after a large header. */
final class HeaderBuffer {
    private static final int BYTES_USUAL = 1024;
    private static final int BYTES_KEPT_MAX = 64 * 1024;

    private byte[] bytes = new byte[BYTES_USUAL];
    private int end;

    void clear() {
        end = 0;
        if (bytes.length > BYTES_KEPT_MAX) {
            bytes = new byte[BYTES_USUAL];
        }
    }

    int end() {
        return end;
    }

    /** Forgets what was written from {@code newEnd} on. */
    void truncate(int newEnd) {
        end = newEnd;
    }

    byte[] bytes() {
        return bytes;
    }

    void put(byte[] source) {
        ensureRoom(source.length);
        System.arraycopy(source, 0, bytes, end, source.length);
        end += source.length;
    }

    void put(DirectBuffer source, int index, int length) {
        ensureRoom(length);
        source.getBytes(index, bytes, end, length);
        end += length;
    }

    void putByte(int value) {
        ensureRoom(Byte.BYTES);
        bytes[end++] = (byte) value;
    }

    void putShort(int value) {
        ensureRoom(Short.BYTES);
        bytes[end++] = (byte) (value >> 8);
        bytes[end++] = (byte) value;
    }

    void putInt(int value) {
        ensureRoom(Integer.BYTES);
        end += Integer.BYTES;
        setInt(end - Integer.BYTES, value);
    }

    void setInt(int at, int value) {
        bytes[at] = (byte) (value >> 24);
        bytes[at + 1] = (byte) (value >> 16);
        bytes[at + 2] = (byte) (value >> 8);
        bytes[at + 3] = (byte) value;
    }

    /** Decimal digits. @return how many bytes they are */
    int putNumber(long value) {
        ensureRoom(AsciiNumber.LENGTH_MAX);
        int begin = end;
        end = AsciiNumber.format(value, bytes, begin);
        return end - begin;
    }

    /** UTF-8. @return how many bytes it is */
    int putText(String text) {
        int length = text.length();
        ensureRoom(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                put(utf8);
                return utf8.length;
            }
            bytes[end + i] = (byte) c;
        }
        end += length;
        return length;
    }

    private void ensureRoom(int length) {
        if (bytes.length - end < length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, end + length));
        }
    }
}
