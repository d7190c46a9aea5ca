package io.ternmq.protocol.remoting;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.ternmq.protocol.message.EightBytes;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Writes what {@link JsonHeaderReader} reads. Values of ext fields are always texts, as clients expect. */
final class JsonHeaderWriter implements HeaderWriter {
    private static final byte[] CODE = "{\"code\":".getBytes(US_ASCII);
    private static final byte[] FLAG = ",\"flag\":".getBytes(US_ASCII);
    private static final byte[] OPAQUE = ",\"opaque\":".getBytes(US_ASCII);
    private static final byte[] CONSTANTS = (",\"language\":\"JAVA\",\"serializeTypeCurrentRPC\":\"JSON\",\"version\":"
                    + RemotingVersion.V5_5_0)
            .getBytes(US_ASCII);
    private static final byte[] REMARK = ",\"remark\":\"".getBytes(US_ASCII);
    private static final byte[] FIELDS = ",\"extFields\":{\"".getBytes(US_ASCII);
    private static final byte[] NEXT_FIELD = ",\"".getBytes(US_ASCII);
    private static final byte[] VALUE = "\":\"".getBytes(US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

    private final UnsafeBuffer text = new UnsafeBuffer(0, 0);
    private int fieldCount;

    @Override
    public void begin(HeaderBuffer out, int code, int opaque, int flag, @Nullable String remark) {
        fieldCount = 0;
        out.put(CODE);
        out.putNumber(code);
        out.put(FLAG);
        out.putNumber(flag);
        out.put(OPAQUE);
        out.putNumber(opaque);
        out.put(CONSTANTS);
        if (remark != null) {
            out.put(REMARK);
            putEscaped(out, remark);
            out.putByte('"');
        }
    }

    @Override
    public void field(HeaderBuffer out, String name, long value) {
        putName(out, name);
        out.putNumber(value);
        out.putByte('"');
    }

    @Override
    public void field(HeaderBuffer out, String name, String value) {
        putName(out, name);
        putEscaped(out, value);
        out.putByte('"');
    }

    @Override
    public void field(HeaderBuffer out, String name, DirectBuffer value, int index, int length) {
        putName(out, name);
        putEscaped(out, value, index, length);
        out.putByte('"');
    }

    @Override
    public void end(HeaderBuffer out) {
        if (fieldCount > 0) {
            out.putByte('}');
        }
        out.putByte('}');
    }

    private void putName(HeaderBuffer out, String name) {
        out.put(fieldCount++ == 0 ? FIELDS : NEXT_FIELD);
        out.putText(name);
        out.put(VALUE);
    }

    private void putEscaped(HeaderBuffer out, String value) {
        int begin = out.end();
        int length = out.putText(value);
        text.wrap(out.bytes(), begin, length);
        if (firstToEscape(text, 0, length) < length) {
            byte[] utf8 = new byte[length];
            text.getBytes(0, utf8);
            out.truncate(begin);
            text.wrap(utf8);
            putEscaped(out, text, 0, length);
        }
    }

    private static void putEscaped(HeaderBuffer out, DirectBuffer value, int index, int length) {
        int end = index + length;
        int from = index;
        while (from < end) {
            int special = firstToEscape(value, from, end);
            out.put(value, from, special - from);
            if (special < end) {
                putEscape(out, value.getByte(special));
            }
            from = special + 1;
        }
    }

    private static void putEscape(HeaderBuffer out, byte special) {
        out.putByte('\\');
        if (special == '"' || special == '\\') {
            out.putByte(special);
        } else {
            out.putByte('u');
            out.putByte('0');
            out.putByte('0');
            out.putByte(HEX[special >> 4]);
            out.putByte(HEX[special & 0xF]);
        }
    }

    private static int firstToEscape(DirectBuffer value, int from, int end) {
        int i = from;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            long found = toEscape(EightBytes.at(value, i));
            if (found != 0) {
                return i + EightBytes.first(found);
            }
        }
        while (i < end && !isToEscape(value.getByte(i))) {
            i++;
        }
        return i;
    }

    private static long toEscape(long eight) {
        return EightBytes.lessThan(eight, ' ')
                | EightBytes.equalTo(eight, (byte) '"')
                | EightBytes.equalTo(eight, (byte) '\\');
    }

    private static boolean isToEscape(byte c) {
        return (c >= 0 && c < ' ') || c == '"' || c == '\\';
    }
}
