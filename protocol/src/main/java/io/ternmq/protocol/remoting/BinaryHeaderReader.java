package io.ternmq.protocol.remoting;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads RocketMQ's binary header; big-endian:
 * <pre>
 *   +------+----------+---------+--------+------+--------+---…--+--------+-----…------+
 *   | code | language | version | opaque | flag | remark |remark| fields | ext fields |
 *   |  2   |    1     |    2    |   4    |  4   |length 4|      |length 4|            |
 *   +------+----------+---------+--------+------+--------+---…--+--------+-----…------+
 *   an ext field:  name length 2 · name · value length 4 · value
 * </pre>
 * As in RocketMQ, a remark or a value of length 0 is none, and code and version have a sign.
 */
final class BinaryHeaderReader {
    private static final int FIXED_BYTES = 2 + 1 + 2 + 4 + 4 + 4 + 4;

    private BinaryHeaderReader() {}

    /** @throws MalformedFrameException when the bytes are no header */
    static void read(byte[] bytes, FrameHeader header) {
        if (bytes.length < FIXED_BYTES) {
            throw new MalformedFrameException("binary header", bytes.length + " bytes", "at least " + FIXED_BYTES);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        header.code = in.getShort();
        header.language = in.get();
        header.version = in.getShort();
        header.opaque = in.getInt();
        header.flag = in.getInt();
        int remarkBytes = checked("remark length", in.getInt(), in.remaining() - Integer.BYTES);
        if (remarkBytes > 0) {
            header.remark = new String(bytes, in.position(), remarkBytes, StandardCharsets.UTF_8);
            in.position(in.position() + remarkBytes);
        }
        int fieldsBytes = checked("ext fields length", in.getInt(), in.remaining());
        in.limit(in.position() + fieldsBytes);
        while (in.hasRemaining()) {
            readField(in, header.fields);
        }
    }

    private static void readField(ByteBuffer in, HeaderFields fields) {
        checkRoom("ext field name length", in, Short.BYTES);
        int nameBytes = checked("ext field name length", in.getShort(), in.remaining());
        int nameBegin = in.position();
        in.position(nameBegin + nameBytes);
        checkRoom("ext field value length", in, Integer.BYTES);
        int valueBytes = checked("ext field value length", in.getInt(), in.remaining());
        int valueBegin = in.position();
        in.position(valueBegin + valueBytes);
        if (valueBytes > 0) {
            fields.add(nameBegin, nameBegin + nameBytes, valueBegin, valueBegin + valueBytes);
        }
    }

    private static void checkRoom(String name, ByteBuffer in, int bytes) {
        if (in.remaining() < bytes) {
            throw new MalformedFrameException(name, in.remaining() + " bytes left", bytes + " bytes");
        }
    }

    private static int checked(String name, int length, int max) {
        if (length < 0 || length > max) {
            throw new MalformedFrameException(name, length, "0.." + max);
        }
        return length;
    }
}
