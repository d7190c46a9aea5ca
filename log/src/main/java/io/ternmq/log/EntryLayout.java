package io.ternmq.log;

/**
 * Where the fields of an entry sit; big-endian. {@code docs/storage-format.md} says what each means.
 * <pre>
 *   0      4      6       8       12      16      20        28
 *   +------+------+-------+-------+-------+-------+---------+
 *   |magic |format|feature| total | table |records| log id  |
 *   |      |      | level | bytes | offset| count |         |
 *   +------+------+-------+-------+-------+-------+---------+
 *   28         36         44         52         60         64         68
 *   +----------+----------+----------+----------+----------+----------+
 *   | position |  entry   |   term   | time ms  | previous | checksum |
 *   |          |  index   |          |          | checksum |          |
 *   +----------+----------+----------+----------+----------+----------+
 *   68                              table offset                total bytes
 *   +---------------- … ------------+-------------- … -----------+
 *   | records, back to back         | table: one row a record    |
 *   +---------------- … ------------+-------------- … -----------+
 *
 *   row: length 4 · CRC-32C 4 · kind 1 · destinations 1 · keys 1 · 0
 *        then for each destination: queue 4 · offset 8 · tag hash 4, and for each key: its hash 8
 * </pre>
 */
final class EntryLayout {
    static final int MAGIC_VALUE = 0x5445524E; // "TERN"
    static final int FORMAT_VALUE = 1;
    static final int FEATURE_LEVEL_VALUE = 1;

    static final int MAGIC = 0;
    static final int FORMAT = 4;
    static final int FEATURE_LEVEL = 6;
    static final int TOTAL_BYTES = 8;
    static final int TABLE_OFFSET = 12;
    static final int RECORD_COUNT = 16;
    static final int LOG_ID = 20;
    static final int POSITION = 28;
    static final int ENTRY_INDEX = 36;
    static final int TERM = 44;
    static final int TIME = 52;
    static final int PREVIOUS_CHECKSUM = 60;
    static final int CHECKSUM = 64;
    static final int HEADER_BYTES = 68;

    static final int ROW_LENGTH = 0;
    static final int ROW_CHECKSUM = 4;
    static final int ROW_KIND = 8;
    static final int ROW_DESTINATIONS = 9;
    static final int ROW_KEYS = 10;
    static final int ROW_BYTES = 12;

    static final int DESTINATION_QUEUE = 0;
    static final int DESTINATION_OFFSET = 4;
    static final int DESTINATION_TAG_HASH = 12;
    static final int DESTINATION_BYTES = 16;
    static final int KEY_BYTES = 8;

    /** A row counts destinations and keys in a byte. */
    static final int KEYS_MAX = 255;
    /** No entry is longer: a command of 16 MiB with its table. */
    static final int TOTAL_BYTES_MAX = 24 * 1024 * 1024;

    private EntryLayout() {}
}
