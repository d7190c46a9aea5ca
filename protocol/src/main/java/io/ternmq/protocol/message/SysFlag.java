package io.ternmq.protocol.message;

/** The bits of RocketMQ's {@code sysFlag}, as they stand in a record and in a send request. */
public final class SysFlag {
    public static final int COMPRESSED = 1;
    public static final int MULTI_TAGS = 1 << 1;
    public static final int TRANSACTION_PREPARED = 1 << 2;
    public static final int TRANSACTION_COMMIT = 2 << 2;
    public static final int TRANSACTION_ROLLBACK = 3 << 2;
    /** Both bits that hold the transaction's phase; 0 is no transaction. */
    public static final int TRANSACTION_MASK = 3 << 2;

    public static final int BORN_HOST_IPV6 = 1 << 4;
    public static final int STORE_HOST_IPV6 = 1 << 5;
    /** The record is a batch that clients unwrap. */
    public static final int NEED_UNWRAP = 1 << 6;

    public static final int INNER_BATCH = 1 << 7;
    /** Which compression; 0 and 3 are zlib. */
    public static final int COMPRESSION_MASK = 7 << 8;

    public static final int COMPRESSION_LZ4 = 1 << 8;
    public static final int COMPRESSION_ZSTD = 2 << 8;
    public static final int COMPRESSION_ZLIB = 3 << 8;

    private SysFlag() {}
}
