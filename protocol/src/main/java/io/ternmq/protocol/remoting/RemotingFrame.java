package io.ternmq.protocol.remoting;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A decoded request or response. The header is a copy; the body is a part of the connection's buffer, so whoever gets
 * the frame calls {@link #release} once, when the body is no longer needed. Reading the header is safe after that, and from any thread.
 *
 * <p>Numbers and booleans are read from text where it lies, without a String. A missing or unreadable field is a
 * {@link BadFieldException} that names it.
 */
public final class RemotingFrame {
    /** Bit of {@link #flag}: a response. */
    public static final int FLAG_RESPONSE = 1;
    /** Bit of {@link #flag}: a request that wants no answer. */
    public static final int FLAG_ONEWAY = 1 << 1;

    private final FrameHeader header;
    private final HeaderFields fields;
    private final ByteBuf body;

    RemotingFrame(FrameHeader header, ByteBuf body) {
        this.header = header;
        this.fields = header.fields;
        this.body = body;
    }

    /** @return how the header was written, and an answer shall be */
    public HeaderFormat format() {
        return header.format;
    }

    /** @return what is asked ({@link RequestCode}) or answered ({@link ResponseCode}) */
    public int code() {
        return header.code;
    }

    /** @return one of {@link LanguageCode}, or a number that no one knows */
    public int language() {
        return header.language;
    }

    /** @return the peer's version, RocketMQ's number for it */
    public int version() {
        return header.version;
    }

    /** @return the number by which the peer recognises the answer */
    public int opaque() {
        return header.opaque;
    }

    /** @return bits {@code FLAG_…} */
    public int flag() {
        return header.flag;
    }

    /** @return whether it answers a request */
    public boolean isResponse() {
        return (header.flag & FLAG_RESPONSE) != 0;
    }

    /** @return whether it is a request that wants no answer */
    public boolean isOneway() {
        return (header.flag & FLAG_ONEWAY) != 0;
    }

    /** @return a reason for people, or null */
    public @Nullable String remark() {
        return header.remark;
    }

    /** @return the body, perhaps empty; valid until {@link #release} */
    public ByteBuf body() {
        return body;
    }

    /** Gives the body back. */
    public void release() {
        body.release();
    }

    /** @return ext fields, as they stand; {@link #fieldName} and {@link #fieldValue} give the i-th */
    public int fieldCount() {
        return fields.count();
    }

    /** @return the name of the i-th field, as a new String */
    public String fieldName(int field) {
        return fields.name(field);
    }

    /** @return the value of the i-th field, as a new String */
    public String fieldValue(int field) {
        return fields.value(field);
    }

    /** @return the field's value, or null when it is missing */
    public @Nullable String get(String name) {
        int field = fields.find(name);
        return field < 0 ? null : fields.value(field);
    }

    /** @throws BadFieldException when the field is missing */
    public String getRequired(String name) {
        return fields.value(required(name));
    }

    /** @throws BadFieldException when the field is missing or no int */
    public int getInt(String name) {
        return intValue(name, required(name));
    }

    /** @throws BadFieldException when the field is there and no int */
    public int getInt(String name, int absent) {
        int field = fields.find(name);
        return field < 0 ? absent : intValue(name, field);
    }

    /** @throws BadFieldException when the field is missing or no long */
    public long getLong(String name) {
        return longValue(name, required(name));
    }

    /** @throws BadFieldException when the field is there and no long */
    public long getLong(String name, long absent) {
        int field = fields.find(name);
        return field < 0 ? absent : longValue(name, field);
    }

    /** @return whether the field says {@code true}, in any case; {@code absent} when it is missing */
    public boolean getBoolean(String name, boolean absent) {
        int field = fields.find(name);
        return field < 0 ? absent : booleanValue(field);
    }

    HeaderFields fields() {
        return fields;
    }

    int intValue(String name, int field) {
        long value = longValue(name, field);
        if (value != (int) value) {
            throw new BadFieldException(name, fields.value(field), "a number of 32 bits");
        }
        return (int) value;
    }

    long longValue(String name, int field) {
        int begin = fields.valueBegin(field);
        int end = fields.valueEnd(field);
        if (!AsciiNumber.isLong(fields.text(), begin, end)) {
            throw new BadFieldException(name, fields.value(field), "a number of 64 bits");
        }
        return AsciiNumber.parse(fields.text(), begin, end);
    }

    boolean booleanValue(int field) {
        int begin = fields.valueBegin(field);
        byte[] text = fields.text();
        return fields.valueEnd(field) - begin == 4
                && (text[begin] | 0x20) == 't'
                && (text[begin + 1] | 0x20) == 'r'
                && (text[begin + 2] | 0x20) == 'u'
                && (text[begin + 3] | 0x20) == 'e';
    }

    private int required(String name) {
        int field = fields.find(name);
        if (field < 0) {
            throw new BadFieldException(name, null, "a value");
        }
        return field;
    }

    @Override
    public String toString() {
        return "RemotingFrame[code=" + code() + ", opaque=" + opaque() + ", flag=" + flag() + ", format=" + format()
                + ", fields=" + fieldCount() + ", body=" + body.readableBytes() + " bytes]";
    }
}
