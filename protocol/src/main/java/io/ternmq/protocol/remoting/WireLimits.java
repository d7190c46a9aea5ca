package io.ternmq.protocol.remoting;

/**
 * What a peer may make us hold.
 *
 * @param frameBytesMax a frame without its length field; checked before anything of it is kept
 * @param headerBytesMax its header
 * @param fieldCountMax ext fields in the header
 */
public record WireLimits(int frameBytesMax, int headerBytesMax, int fieldCountMax) {
    /** A body of 4 MiB and its header; properties of 32 KiB fit the header even when every character is escaped. */
    public static final WireLimits DEFAULT = new WireLimits(5 * 1024 * 1024, 256 * 1024, 128);

    private static final int HEADER_BYTES_LARGEST = 0xFFFFFF;

    public WireLimits {
        check("headerBytesMax", headerBytesMax, HEADER_BYTES_LARGEST);
        check("frameBytesMax", frameBytesMax, Integer.MAX_VALUE - Integer.BYTES);
        check("fieldCountMax", fieldCountMax, headerBytesMax);
        if (frameBytesMax < headerBytesMax + Integer.BYTES) {
            throw new IllegalArgumentException("frameBytesMax: " + frameBytesMax + " (expected: at least "
                    + (headerBytesMax + Integer.BYTES) + ")");
        }
    }

    private static void check(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1.." + max + ")");
        }
    }
}
