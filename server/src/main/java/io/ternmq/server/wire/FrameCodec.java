package io.ternmq.server.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Frames to bytes and back. Requests are written with the binary header; what comes in may have either.
 *
 * <pre>
 *   0             4          5               8
 *   +-------------+----------+---------------+------------+----------+
 *   | length u32  | type u8  | header u24    | header     | body     |     length: all behind itself
 *   +-------------+----------+---------------+------------+----------+     type: 0 JSON, 1 binary
 *
 *   binary header: code i16 | language u8 | version i16 | opaque i32 | flag i32 | remark i32+n
 *                  | bytes of fields i32 | (key i16+n, value i32+n)*
 * </pre>
 */
final class FrameCodec {

    /** Longest frame that is read: pull answers are far below it. */
    static final int FRAME_BYTES_MAX = 32 << 20;

    private static final int JSON = 0;
    private static final int BINARY = 1;
    private static final int LANGUAGE_OTHER = 7;
    /** What a client of RocketMQ 5.5.0 says; servers choose what they push, and how, by it. */
    private static final int VERSION = 513;

    private FrameCodec() {}

    static byte[] encode(Frame frame) {
        try {
            byte[] header = encodeHeader(frame);
            int length = 4 + header.length + frame.body().length;
            ByteBuffer bytes = ByteBuffer.allocate(4 + length);
            bytes.putInt(length)
                    .putInt(BINARY << 24 | header.length)
                    .put(header)
                    .put(frame.body());
            return bytes.array();
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        }
    }

    private static byte[] encodeHeader(Frame frame) throws IOException {
        var bytes = new ByteArrayOutputStream(256);
        var out = new DataOutputStream(bytes);
        out.writeShort(frame.code());
        out.writeByte(LANGUAGE_OTHER);
        out.writeShort(VERSION);
        out.writeInt(frame.opaque());
        out.writeInt(frame.flag());
        byte[] remark = utf8(frame.remark());
        out.writeInt(remark.length);
        out.write(remark);
        byte[] fields = encodeFields(frame.fields());
        out.writeInt(fields.length);
        out.write(fields);
        return bytes.toByteArray();
    }

    private static byte[] encodeFields(Map<String, String> fields) throws IOException {
        var bytes = new ByteArrayOutputStream(256);
        var out = new DataOutputStream(bytes);
        for (Map.Entry<String, String> field : fields.entrySet()) {
            byte[] key = utf8(field.getKey());
            byte[] value = utf8(field.getValue());
            out.writeShort(key.length);
            out.write(key);
            out.writeInt(value.length);
            out.write(value);
        }
        return bytes.toByteArray();
    }

    /**
     * Waits for a frame.
     *
     * @throws java.io.EOFException when the other side has closed
     * @throws WireException        when what comes is no frame
     */
    static Frame read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 4 || length > FRAME_BYTES_MAX) {
            throw new WireException("frame length: " + length + " (expected: 4.." + FRAME_BYTES_MAX
                    + "); does a RocketMQ-compatible server listen there?");
        }
        int headerWord = in.readInt();
        int headerLength = headerWord & 0xFFFFFF;
        if (headerLength > length - 4) {
            throw new WireException("header length: " + headerLength + " (expected: at most " + (length - 4) + ")");
        }
        byte[] header = in.readNBytes(headerLength);
        byte[] body = in.readNBytes(length - 4 - headerLength);
        if (body.length < length - 4 - headerLength) {
            throw new java.io.EOFException("connection closed within a frame");
        }
        return switch (headerWord >>> 24) {
            case BINARY -> decodeBinary(ByteBuffer.wrap(header), body);
            case JSON -> decodeJson(new String(header, StandardCharsets.UTF_8), body);
            default -> throw new WireException("header type: " + (headerWord >>> 24) + " (expected: 0 or 1)");
        };
    }

    private static Frame decodeBinary(ByteBuffer header, byte[] body) throws WireException {
        try {
            int code = header.getShort();
            header.position(header.position() + 3);
            int opaque = header.getInt();
            int flag = header.getInt();
            String remark = text(header, header.getInt());
            Map<String, String> fields = new LinkedHashMap<>();
            int end = header.getInt() + header.position();
            while (header.position() < end) {
                String key = text(header, header.getShort());
                fields.put(key, text(header, header.getInt()));
            }
            return new Frame(code, opaque, flag, remark, fields, body);
        } catch (RuntimeException outOfBounds) {
            throw new WireException("a binary header whose lengths do not add up", outOfBounds);
        }
    }

    private static Frame decodeJson(String header, byte[] body) throws WireException {
        JsonObject json = JsonReader.object(header);
        Map<String, String> fields = new LinkedHashMap<>();
        json.object("extFields").forEach((key, value) -> fields.put(key, String.valueOf(value)));
        return new Frame(
                (int) json.number("code", 0),
                (int) json.number("opaque", 0),
                (int) json.number("flag", 0),
                json.text("remark", ""),
                fields,
                body);
    }

    private static String text(ByteBuffer bytes, int length) {
        byte[] text = new byte[Math.min(length, bytes.remaining() + 1)];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
