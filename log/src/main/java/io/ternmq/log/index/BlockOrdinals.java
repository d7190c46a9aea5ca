package io.ternmq.log.index;

/**
 * Which block of a queue holds an offset: plain arithmetic, so that a queue needs to keep only the list of its blocks.
 *
 * <pre>
 *   ordinal    0          1            2              3           2 + k
 *   offsets    0..15      16..271      272..4367      4368..      272 + 4096 k ..
 *   entries    16         256          4096           4096        4096
 * </pre>
 */
final class BlockOrdinals {
    /** The largest offset an index takes; ordinals then fit into 40 bits. */
    static final long OFFSET_MAX = (1L << 52) - (1L << 13);

    private static final int MEDIUM_BEGIN = 16;
    private static final int LARGE_BEGIN = MEDIUM_BEGIN + 256;
    private static final int LARGE_SHIFT = 12;

    private BlockOrdinals() {}

    static long ordinalOf(long offset) {
        if (offset >= LARGE_BEGIN) {
            return 2 + ((offset - LARGE_BEGIN) >>> LARGE_SHIFT);
        }
        return offset < MEDIUM_BEGIN ? 0 : 1;
    }

    static long firstOffset(long ordinal) {
        if (ordinal >= 2) {
            return LARGE_BEGIN + ((ordinal - 2) << LARGE_SHIFT);
        }
        return ordinal == 0 ? 0 : MEDIUM_BEGIN;
    }

    static BlockSize sizeOf(long ordinal) {
        return BlockSize.at((int) Math.min(ordinal, 2));
    }
}
