package io.ternmq.log.index;

/**
 * Where the fields of a block file sit, big-endian. Derived data without a checksum: the records an entry leads to are
 * checked when they are read, and the files can always be rebuilt from the log.
 *
 * <pre>
 *   file:   magic u32 | format u16 | block size u16 | file number u32 | 0 u32 | generation u64 | 0 ... 64 | blocks | 0 ...
 *   block:  owner + 1 u32 | ordinal, low half u32 | entries
 *
 *   entry:  0               8       12      16      20
 *           +---------------+-------+-------+-------+
 *           |   position    | size  |  CRC  |  tag  |
 *           +---------------+-------+-------+-------+
 * </pre>
 *
 * An entry of size 0 is a hole; its position is not before its left neighbour's and not behind its right neighbour's. Where
 * messages were moved positions come in any order, and a hole's is 0.
 */
final class BlockLayout {
    static final int MAGIC = 0x54584249;
    static final short FORMAT = 1;

    static final int FILE_MAGIC = 0;
    static final int FILE_FORMAT = 4;
    static final int FILE_BLOCK_SIZE = 6;
    static final int FILE_NUMBER = 8;
    static final int FILE_GENERATION = 16;
    static final int FILE_HEADER_BYTES = 64;

    static final int BLOCK_OWNER = 0;
    static final int BLOCK_HEADER_BYTES = 8;

    static final int POSITION = 0;
    static final int SIZE = POSITION + Long.BYTES;
    static final int CRC = SIZE + Integer.BYTES;
    static final int TAG_HASH = CRC + Integer.BYTES;
    static final int ENTRY_BYTES = TAG_HASH + Integer.BYTES;

    private static final int PAGE_BYTES = 4096;

    private BlockLayout() {}

    static int blockBytes(int entryCount) {
        return BLOCK_HEADER_BYTES + entryCount * ENTRY_BYTES;
    }

    static int fileBytes(int blocksBytes) {
        return (FILE_HEADER_BYTES + blocksBytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    }

    /** What the first eight bytes of a block say about whose it is; never 0, which is a block that no one had yet. */
    static long owner(int queueNo, long ordinal) {
        return (queueNo + 1L) << 32 | (ordinal & 0xffff_ffffL);
    }
}
