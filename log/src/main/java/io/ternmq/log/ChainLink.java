package io.ternmq.log;

/**
 * What the next entry must continue.
 *
 * @param position where it begins
 * @param entryIndex its number
 * @param previousChecksum checksum of the entry before it; 0 before the first
 * @param timeMs its time is not before this
 */
record ChainLink(long position, long entryIndex, int previousChecksum, long timeMs) {
    static final ChainLink FIRST = new ChainLink(0, 0, 0, 0);
}
