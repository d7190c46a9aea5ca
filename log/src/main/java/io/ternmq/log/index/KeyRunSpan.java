package io.ternmq.log.index;

import java.nio.ByteBuffer;

/**
 * What a run's header says of its entries.
 *
 * @param level how often its entries have been merged, roughly
 * @param count how many entries it holds
 * @param firstPosition from which position on; entries before the log's start may have been left out
 * @param lastPosition the position of the last record
 * @param positionBefore the last position in the run before this one, -1 when it is the first: a gap would show
 */
record KeyRunSpan(
        int level,
        long count,
        long firstPosition,
        long lastPosition,
        long positionBefore,
        long minTimeMs,
        long maxTimeMs,
        int entriesCrc) {

    private static final String NAME_PREFIX = "keys-";

    /** @return the name of the file that holds this run */
    String fileName() {
        return "%s%020d-%020d".formatted(NAME_PREFIX, firstPosition, lastPosition);
    }

    static boolean isFileName(String name) {
        return name.startsWith(NAME_PREFIX);
    }

    /** @return whether all of the other's records lie in this run's range */
    boolean contains(KeyRunSpan other) {
        return firstPosition <= other.firstPosition && other.lastPosition <= lastPosition;
    }

    ByteBuffer toHeader() {
        ByteBuffer header = ByteBuffer.allocate(KeyRunLayout.HEADER_BYTES)
                .putInt(KeyRunLayout.MAGIC_AT, KeyRunLayout.MAGIC)
                .putShort(KeyRunLayout.FORMAT_AT, KeyRunLayout.FORMAT)
                .putShort(KeyRunLayout.LEVEL_AT, (short) level)
                .putLong(KeyRunLayout.COUNT_AT, count)
                .putLong(KeyRunLayout.FIRST_POSITION_AT, firstPosition)
                .putLong(KeyRunLayout.LAST_POSITION_AT, lastPosition)
                .putLong(KeyRunLayout.POSITION_BEFORE_AT, positionBefore)
                .putLong(KeyRunLayout.MIN_TIME_AT, minTimeMs)
                .putLong(KeyRunLayout.MAX_TIME_AT, maxTimeMs)
                .putInt(KeyRunLayout.ENTRIES_CRC_AT, entriesCrc);
        return header.putInt(KeyRunLayout.HEADER_CRC_AT, KeyRunLayout.headerCrc(header));
    }

    /** @throws IndexDamagedException when it is not a whole header of this format */
    static KeyRunSpan fromHeader(ByteBuffer header) throws IndexDamagedException {
        if (header.limit() < KeyRunLayout.HEADER_BYTES
                || header.getInt(KeyRunLayout.MAGIC_AT) != KeyRunLayout.MAGIC
                || header.getShort(KeyRunLayout.FORMAT_AT) != KeyRunLayout.FORMAT
                || header.getInt(KeyRunLayout.HEADER_CRC_AT) != KeyRunLayout.headerCrc(header)) {
            throw new IndexDamagedException("keys: not the header of a run of format " + KeyRunLayout.FORMAT);
        }
        return new KeyRunSpan(
                header.getShort(KeyRunLayout.LEVEL_AT),
                header.getLong(KeyRunLayout.COUNT_AT),
                header.getLong(KeyRunLayout.FIRST_POSITION_AT),
                header.getLong(KeyRunLayout.LAST_POSITION_AT),
                header.getLong(KeyRunLayout.POSITION_BEFORE_AT),
                header.getLong(KeyRunLayout.MIN_TIME_AT),
                header.getLong(KeyRunLayout.MAX_TIME_AT),
                header.getInt(KeyRunLayout.ENTRIES_CRC_AT));
    }
}
