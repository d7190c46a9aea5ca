package io.ternmq.log.index;

/** The three sizes of blocks. A queue begins with a small one, so that a million of small queues stay cheap. */
enum BlockSize {
    SMALL(0, 16, 14),
    MEDIUM(1, 256, 10),
    LARGE(2, 4096, 6);

    static final int COUNT = 3;

    private final int code;
    private final int entryCount;
    private final int fileShift;
    private final int blockBytes;
    private final int fileBytes;

    BlockSize(int code, int entryCount, int fileShift) {
        this.code = code;
        this.entryCount = entryCount;
        this.fileShift = fileShift;
        this.blockBytes = BlockLayout.blockBytes(entryCount);
        this.fileBytes = BlockLayout.fileBytes(blockBytes << fileShift);
    }

    /** @return what stands for this size in a block's handle, also its place in arrays */
    int code() {
        return code;
    }

    /** @return how many entries a block holds */
    int entryCount() {
        return entryCount;
    }

    /** @return how many blocks a file holds: two to this power */
    int fileShift() {
        return fileShift;
    }

    /** @return how many blocks a file holds */
    int blocksPerFile() {
        return 1 << fileShift;
    }

    /** @return how many bytes a block takes */
    int blockBytes() {
        return blockBytes;
    }

    /** @return how many bytes a file has, about five MiB for all three */
    int fileBytes() {
        return fileBytes;
    }

    /** @return the name of this size's file of that number */
    String fileName(int fileNumber) {
        return "blocks-%d-%04d".formatted(entryCount, fileNumber);
    }

    static BlockSize at(int code) {
        return switch (code) {
            case 0 -> SMALL;
            case 1 -> MEDIUM;
            default -> LARGE;
        };
    }
}
