package io.ternmq.grpc.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Writes the few elements of ASN.1's DER that a certificate consists of. Each method returns a whole element. */
final class DerWriter {
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_ID = 0x06;
    private static final int UTF8_STRING = 0x0C;
    private static final int SET = 0x31;
    private static final int SEQUENCE = 0x30;
    private static final int UTC_TIME = 0x17;
    private static final int CONSTRUCTED_CONTEXT = 0xA0;
    private static final int PRIMITIVE_CONTEXT = 0x80;
    private static final int SHORT_LENGTH_MAX = 127;

    private DerWriter() {}

    static byte[] sequence(byte[]... parts) {
        return element(SEQUENCE, parts);
    }

    static byte[] set(byte[]... parts) {
        return element(SET, parts);
    }

    static byte[] integer(BigInteger value) {
        return element(INTEGER, value.toByteArray());
    }

    /** @param encoded the object id as DER has it, without tag and length */
    static byte[] objectId(int... encoded) {
        byte[] bytes = new byte[encoded.length];
        for (int i = 0; i < encoded.length; i++) {
            bytes[i] = (byte) encoded[i];
        }
        return element(OBJECT_ID, bytes);
    }

    static byte[] text(String value) {
        return element(UTF8_STRING, value.getBytes(StandardCharsets.UTF_8));
    }

    /** @param value yyMMddHHmmssZ */
    static byte[] utcTime(String value) {
        return element(UTC_TIME, value.getBytes(StandardCharsets.US_ASCII));
    }

    /** All bits of all bytes. */
    static byte[] bits(byte[] value) {
        return element(BIT_STRING, new byte[1], value);
    }

    static byte[] octets(byte[] value) {
        return element(OCTET_STRING, value);
    }

    /** An element that is known by its number. */
    static byte[] tagged(int number, byte[] content) {
        return element(CONSTRUCTED_CONTEXT | number, content);
    }

    /** Bytes that are known by their number. */
    static byte[] taggedBytes(int number, byte[] content) {
        return element(PRIMITIVE_CONTEXT | number, content);
    }

    private static byte[] element(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length <= SHORT_LENGTH_MAX) {
            out.write(length);
        } else {
            byte[] bytes = BigInteger.valueOf(length).toByteArray();
            int first = bytes[0] == 0 ? 1 : 0;
            out.write(PRIMITIVE_CONTEXT | (bytes.length - first));
            out.write(bytes, first, bytes.length - first);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
