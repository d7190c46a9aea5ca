package io.ternmq.engine;

/**
 * What a partition has.
 *
 * @param begin the first offset
 * @param end   the one behind the last
 */
public record OffsetRange(long begin, long end) {

    /**
     * Brings an offset into the range.
     *
     * @param offset any
     * @return the nearest in it
     */
    public long clamp(long offset) {
        return Math.max(begin, Math.min(end, offset));
    }
}
