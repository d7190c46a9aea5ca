package io.ternmq.protocol.remoting;

/** Decimal numbers in ASCII bytes, to and from long. */
final class AsciiNumber {
    /** Digits and sign of {@link Long#MIN_VALUE}. */
    static final int LENGTH_MAX = 20;

    private AsciiNumber() {}

    /**
     * @return whether the bytes are a decimal number within the range; {@link #parse} then gives it
     */
    static boolean isLong(byte[] text, int begin, int end) {
        boolean negative = begin < end && text[begin] == '-';
        int from = negative ? begin + 1 : begin;
        if (from == end || end - begin > LENGTH_MAX) {
            return false;
        }
        long value = 0;
        for (int i = from; i < end; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9 || value < (Long.MIN_VALUE + digit) / 10) {
                return false;
            }
            value = value * 10 - digit;
        }
        return negative || value != Long.MIN_VALUE;
    }

    /** @return the number that {@link #isLong} found there */
    static long parse(byte[] text, int begin, int end) {
        boolean negative = text[begin] == '-';
        long value = 0;
        for (int i = negative ? begin + 1 : begin; i < end; i++) {
            value = value * 10 - (text[i] - '0');
        }
        return negative ? value : -value;
    }

    /** Writes the number. @return where its last digit ends; {@link #LENGTH_MAX} bytes are enough room */
    static int format(long value, byte[] dst, int begin) {
        long rest = value < 0 ? value : -value;
        int length = value < 0 ? 2 : 1;
        for (long tens = rest / 10; tens != 0; tens /= 10) {
            length++;
        }
        int end = begin + length;
        int at = end;
        do {
            dst[--at] = (byte) ('0' - rest % 10);
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            dst[begin] = '-';
        }
        return end;
    }
}
