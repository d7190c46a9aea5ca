package io.ternmq.bench.responder;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Finds fields in a JSON header without reading it: enough for headers that the official Java client wrote. Of a binary header,
 * which this project's client writes, it finds what kind of request it is and whom to answer. Event loop only; one is used for
 * all requests.
 */
final class RequestHeader {
    private static final byte[] CODE = key("\"code\":");
    private static final byte[] OPAQUE = key("\"opaque\":");
    private static final int HEADER_LENGTH_MASK = 0xFF_FFFF;
    private static final int HEADER_LENGTH_BITS = 24;

    /** In a binary header: a code of 2 bytes, a language of 1, a version of 2, an opaque number of 4. */
    private static final int BINARY_OPAQUE = 5;

    private byte[] bytes = new byte[1_024];
    private int length;
    private boolean binary;

    /** Takes the header out of a frame; what is left of the frame is the body. */
    void read(ByteBuf frame) {
        int word = frame.readInt();
        binary = word >>> HEADER_LENGTH_BITS != 0;
        length = word & HEADER_LENGTH_MASK;
        if (length > bytes.length) {
            bytes = new byte[length];
        }
        frame.readBytes(bytes, 0, length);
    }

    int code() {
        if (binary) {
            return ByteBuffer.wrap(bytes).getShort(0);
        }
        return (int) numberAt(indexAfter(CODE, 0));
    }

    /** It stands near the end, behind the properties. */
    int opaque() {
        if (binary) {
            return ByteBuffer.wrap(bytes).getInt(BINARY_OPAQUE);
        }
        for (int i = length - OPAQUE.length; i >= 0; i--) {
            if (matches(OPAQUE, i)) {
                return (int) numberAt(i + OPAQUE.length);
            }
        }
        return 0;
    }

    /** A number that is written as a text, as all the fields of a request are. */
    long number(String name) {
        return numberAt(indexAfter(key("\"" + name + "\":\""), 0));
    }

    /** A text as JSON holds it, up to the next quotation mark. */
    String text(String name) {
        int start = indexAfter(key("\"" + name + "\":\""), 0);
        int end = start;
        while (end < length && bytes[end] != '"') {
            end++;
        }
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** The properties of a send, with the separators that JSON has to escape. */
    byte[] properties() {
        return text("i").replace("\\u0001", "\1").replace("\\u0002", "\2").getBytes(StandardCharsets.UTF_8);
    }

    static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The queue of a send; asked for each message, so its key is not made each time. */
    int queueOfSend(byte[] key) {
        return (int) numberAt(indexAfter(key, 0));
    }

    private int indexAfter(byte[] key, int from) {
        for (int i = from; i <= length - key.length; i++) {
            if (matches(key, i)) {
                return i + key.length;
            }
        }
        return length;
    }

    private boolean matches(byte[] key, int at) {
        for (int i = 0; i < key.length; i++) {
            if (bytes[at + i] != key[i]) {
                return false;
            }
        }
        return true;
    }

    private long numberAt(int at) {
        boolean negative = at < length && bytes[at] == '-';
        long number = 0;
        for (int i = negative ? at + 1 : at; i < length && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            number = number * 10 + (bytes[i] - '0');
        }
        return negative ? -number : number;
    }
}
