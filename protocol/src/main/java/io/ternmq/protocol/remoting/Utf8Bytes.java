package io.ternmq.protocol.remoting;

/** Writes characters as UTF-8. */
final class Utf8Bytes {
    private Utf8Bytes() {}

    /** Writes a character; half of a surrogate pair becomes a question mark. @return where it ends */
    static int put(byte[] dst, int begin, int codePoint) {
        int at = begin;
        if (codePoint < 0x80) {
            dst[at++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            dst[at++] = (byte) (0xC0 | (codePoint >> 6));
            dst[at++] = sixBits(codePoint);
        } else if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            dst[at++] = '?';
        } else if (codePoint < 0x10000) {
            dst[at++] = (byte) (0xE0 | (codePoint >> 12));
            dst[at++] = sixBits(codePoint >> 6);
            dst[at++] = sixBits(codePoint);
        } else {
            dst[at++] = (byte) (0xF0 | (codePoint >> 18));
            dst[at++] = sixBits(codePoint >> 12);
            dst[at++] = sixBits(codePoint >> 6);
            dst[at++] = sixBits(codePoint);
        }
        return at;
    }

    private static byte sixBits(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }
}
