package io.ternmq.protocol.message;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The id that a broker gives a message: who has it, and where. Clients find the message by it.
 * <pre>
 *   hex of:  address (4 or 16 bytes) · port (4) · position (8)       so 32 or 56 characters, upper case
 * </pre>
 *
 * @param host the address that clients are told
 * @param position the record's first byte in the shard's log
 */
public record OffsetMessageId(HostAddress host, long position) {
    /** Characters of an id with an IPv4 address. */
    public static final int TEXT_LENGTH_IPV4 = 2 * (MessageRecordLayout.HOST_BYTES_IPV4 + Long.BYTES);
    /** Characters of an id with an IPv6 address. */
    public static final int TEXT_LENGTH_IPV6 = 2 * (MessageRecordLayout.HOST_BYTES_IPV6 + Long.BYTES);

    /**
     * @param text an id; digits in any case
     * @throws MalformedMessageException when it is no id
     */
    public static OffsetMessageId decode(String text) {
        if (text.length() != TEXT_LENGTH_IPV4 && text.length() != TEXT_LENGTH_IPV6) {
            throw malformed(text);
        }
        UnsafeBuffer bytes = new UnsafeBuffer(new byte[text.length() / 2]);
        for (int i = 0; i < bytes.capacity(); i++) {
            bytes.putByte(i, (byte) (digit(text, 2 * i) << 4 | digit(text, 2 * i + 1)));
        }
        int hostBytes = bytes.capacity() - Long.BYTES;
        return new OffsetMessageId(HostAddress.read(bytes, 0, hostBytes), bytes.getLong(hostBytes, BIG_ENDIAN));
    }

    /** @return the id as clients see it */
    public String encode() {
        UnsafeBuffer text = new UnsafeBuffer(new byte[TEXT_LENGTH_IPV6]);
        return text.getStringWithoutLengthAscii(0, encode(host, position, text, 0));
    }

    /** Writes an id as ASCII without making a String. @return characters written */
    public static int encode(HostAddress host, long position, MutableDirectBuffer dst, int index) {
        int hostBytes = host.encodedLength();
        // The bytes go to the second half of where their digits will stand; digits overwrite only what was read.
        int from = index + hostBytes + Long.BYTES;
        host.encode(dst, from);
        dst.putLong(from + hostBytes, position, BIG_ENDIAN);
        int byteCount = hostBytes + Long.BYTES;
        for (int i = 0; i < byteCount; i += Integer.BYTES) {
            dst.putLong(index + 2 * i, digits(dst.getInt(from + i, BIG_ENDIAN)), BIG_ENDIAN);
        }
        return 2 * byteCount;
    }

    /** @return the eight digits of four bytes, made side by side: a batch is answered with an id for each message */
    private static long digits(int bytes) {
        long spread = Integer.toUnsignedLong(bytes);
        spread = ((spread << 16) | spread) & 0x0000FFFF0000FFFFL;
        spread = ((spread << 8) | spread) & 0x00FF00FF00FF00FFL;
        spread = ((spread << 4) | spread) & 0x0F0F0F0F0F0F0F0FL;
        long isLetter = ((spread + 0x0606060606060606L) >>> 4) & 0x0101010101010101L;
        return spread + 0x3030303030303030L + isLetter * ('A' - '9' - 1);
    }

    private static int digit(String text, int index) {
        char c = text.charAt(index);
        int digit = c < 128 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
            throw malformed(text);
        }
        return digit;
    }

    private static MalformedMessageException malformed(String text) {
        String shown = text.length() <= TEXT_LENGTH_IPV6 ? text : text.substring(0, TEXT_LENGTH_IPV6) + "…";
        return new MalformedMessageException("message id", "'" + shown + "'", "32 or 56 hexadecimal digits");
    }
}
