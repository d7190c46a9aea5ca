package io.ternmq.log.index;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A run of keys: an immutable file, big-endian. Its entries are sorted by the upper 47 bits of the hash, and those with
 * the same by position; since time never goes back in a log, these are in the order of time as well.
 *
 * <pre>
 *   0       4        6       8       16               24              32
 *   +-------+--------+-------+-------+----------------+---------------+
 *   | magic | format | level | count | first position | last position |
 *   +-------+--------+-------+-------+-----+----------+-----+---------+
 *   | last position of the run before     | min time | max time | CRC-32C of entries | CRC-32C of this header |
 *   +--------------------------------------+----------+----------+--------------------+------------------------+
 *   32                                     40         48         56                   60                       64
 *
 *   entry: hash u64 | position u64 | time ms u64
 * </pre>
 */
final class KeyRunLayout {
    static final int MAGIC = 0x544b4549;
    static final short FORMAT = 1;

    static final int MAGIC_AT = 0;
    static final int FORMAT_AT = 4;
    static final int LEVEL_AT = 6;
    static final int COUNT_AT = 8;
    static final int FIRST_POSITION_AT = 16;
    static final int LAST_POSITION_AT = 24;
    static final int POSITION_BEFORE_AT = 32;
    static final int MIN_TIME_AT = 40;
    static final int MAX_TIME_AT = 48;
    static final int ENTRIES_CRC_AT = 56;
    static final int HEADER_CRC_AT = 60;
    static final int HEADER_BYTES = 64;

    static final int HASH = 0;
    static final int POSITION = HASH + Long.BYTES;
    static final int TIME = POSITION + Long.BYTES;
    static final int ENTRY_BYTES = TIME + Long.BYTES;

    /** How many low bits of a hash do not count for the order: a buffer's entry number fits into their place. */
    static final int UNSORTED_BITS = 17;

    /** Prefixes are less. */
    static final long PREFIX_END = 1L << (Long.SIZE - UNSORTED_BITS);

    private KeyRunLayout() {}

    /** @return what entries are sorted by; not negative */
    static long prefix(long hash) {
        return hash >>> UNSORTED_BITS;
    }

    static int headerCrc(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.duplicate().position(0).limit(HEADER_CRC_AT));
        return (int) crc.getValue();
    }
}
