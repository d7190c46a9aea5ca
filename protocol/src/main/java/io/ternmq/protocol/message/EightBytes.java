package io.ternmq.protocol.message;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * Looks at eight bytes at a time. What is found is a word with the top bit set in the first byte that fits, the first one
 * being the lowest; what stands in later bytes means nothing.
 *
 * @see <a href="https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord">Bit Twiddling Hacks</a>
 */
public final class EightBytes {
    private static final long EACH = 0x0101010101010101L;
    private static final long TOP_BITS = 0x8080808080808080L;

    private EightBytes() {}

    /** @return the eight bytes at {@code index}, the first one lowest */
    public static long at(DirectBuffer buffer, int index) {
        return buffer.getLong(index, LITTLE_ENDIAN);
    }

    /** @return where one of the eight is that byte; 0 when none is */
    public static long equalTo(long eight, byte wanted) {
        long difference = eight ^ (wanted & 0xFF) * EACH;
        return (difference - EACH) & ~difference & TOP_BITS;
    }

    /**
     * @param limit 1 to 128
     * @return where one of the eight is less than that, unsigned; 0 when none is
     */
    public static long lessThan(long eight, int limit) {
        return (eight - limit * EACH) & ~eight & TOP_BITS;
    }

    /** @return which byte was found, 0 to 7; 8 when none was */
    public static int first(long found) {
        return Long.numberOfTrailingZeros(found) / Byte.SIZE;
    }
}
