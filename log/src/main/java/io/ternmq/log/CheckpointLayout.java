package io.ternmq.log;

/**
 * The bytes of a checkpoint, big-endian.
 * <pre>
 *   header    magic 4 · format 4 · log id 8 · replay position 8 · entry index 8 · previous checksum 4 · time 8 ·
 *             log's start 8 · CRC-32C of these 4
 *   slice     owner 4 · number 4 · stamp 8 · length 4 · CRC-32C of these 4 · CRC-32C of the bytes 4 · bytes
 *   …
 *   trailer   owner 0 4 · slice count 4 · position 8 · bytes before the trailer's end 8 (of this file) · CRC-32C of all
 *             checksums of the slices, in their order 4 · CRC-32C of these 4
 * </pre>
 */
final class CheckpointLayout {
    static final int MAGIC_VALUE = 0x54454350; // "TECP"
    static final int FORMAT_VALUE = 1;

    static final int MAGIC = 0;
    static final int FORMAT = 4;
    static final int LOG_ID = 8;
    static final int REPLAY_POSITION = 16;
    static final int ENTRY_INDEX = 24;
    static final int PREVIOUS_CHECKSUM = 32;
    static final int TIME = 36;
    static final int START_POSITION = 44;
    static final int HEADER_CHECKSUM = 52;
    static final int HEADER_BYTES = 56;

    static final int OWNER = 0;
    static final int NUMBER = 4;
    static final int STAMP = 8;
    static final int LENGTH = 16;
    static final int SLICE_CHECKSUM = 20;
    static final int BYTES_CHECKSUM = 24;
    static final int SLICE_BYTES = 28;

    static final int END_SLICE_COUNT = 4;
    static final int END_POSITION = 8;
    static final int END_FILE_BYTES = 16;
    static final int END_SLICES_CHECKSUM = 24;
    static final int END_CHECKSUM = 28;
    static final int END_BYTES = 32;

    static final int OWNER_END = 0;
    static final int OWNER_QUEUES = 1;
    static final int OWNER_KEYS = 2;
    static final int OWNER_STATE = 3;

    /** No slice is longer. */
    static final int SLICE_BYTES_MAX = 64 * 1024 * 1024;

    private CheckpointLayout() {}
}
