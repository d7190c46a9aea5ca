package io.ternmq.protocol.remoting;

import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Writes what {@link BinaryHeaderReader} reads. */
final class BinaryHeaderWriter implements HeaderWriter {
    private int fieldsLengthAt;

    @Override
    public void begin(HeaderBuffer out, int code, int opaque, int flag, @Nullable String remark) {
        out.putShort(code);
        out.putByte(LanguageCode.JAVA);
        out.putShort(RemotingVersion.V5_5_0);
        out.putInt(opaque);
        out.putInt(flag);
        putValue(out, remark == null ? "" : remark);
        fieldsLengthAt = out.end();
        out.putInt(0);
    }

    @Override
    public void field(HeaderBuffer out, String name, long value) {
        putName(out, name);
        int lengthAt = out.end();
        out.putInt(0);
        out.setInt(lengthAt, out.putNumber(value));
    }

    @Override
    public void field(HeaderBuffer out, String name, String value) {
        putName(out, name);
        putValue(out, value);
    }

    @Override
    public void field(HeaderBuffer out, String name, DirectBuffer value, int index, int length) {
        putName(out, name);
        out.putInt(length);
        out.put(value, index, length);
    }

    @Override
    public void end(HeaderBuffer out) {
        out.setInt(fieldsLengthAt, out.end() - fieldsLengthAt - Integer.BYTES);
    }

    private static void putName(HeaderBuffer out, String name) {
        out.putShort(name.length());
        if (out.putText(name) != name.length()) {
            throw new IllegalArgumentException("name: '" + name + "' (expected: ASCII)");
        }
    }

    private static void putValue(HeaderBuffer out, String value) {
        int lengthAt = out.end();
        out.putInt(0);
        out.setInt(lengthAt, out.putText(value));
    }
}
