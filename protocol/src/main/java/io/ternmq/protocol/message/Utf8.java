package io.ternmq.protocol.message;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Bytes of a buffer to String. */
final class Utf8 {
    private Utf8() {}

    static String decode(DirectBuffer buffer, int index, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(index, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
