package io.ternmq.grpc.convert;

import org.jspecify.annotations.Nullable;

/**
 * What clients know an undecided transaction by.
 *
 * @param position of the half message when it was stored
 * @param offset of the half message
 */
public record TransactionId(long position, long offset) {
    private static final char SEPARATOR = '-';
    private static final int RADIX = 16;

    /** @return the text that clients keep */
    public String encode() {
        return Long.toHexString(position) + SEPARATOR + Long.toHexString(offset);
    }

    /** @return the id, or null when the text is none */
    public static @Nullable TransactionId decode(String text) {
        int middle = text.indexOf(SEPARATOR);
        if (middle <= 0) {
            return null;
        }
        try {
            return new TransactionId(
                    Long.parseLong(text.substring(0, middle), RADIX),
                    Long.parseLong(text.substring(middle + 1), RADIX));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
