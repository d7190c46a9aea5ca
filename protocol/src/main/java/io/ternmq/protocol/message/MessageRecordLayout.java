package io.ternmq.protocol.message;

/**
 * Where the fields of a message record sit; big-endian. It is the layout that RocketMQ clients decode.
 * <pre>
 *    0        4        8        12       16       20                28
 *    +--------+--------+--------+--------+--------+-----------------+
 *    | total  | magic  |body CRC|queue id|  flag  |  queue offset   |
 *    +--------+--------+--------+--------+--------+-----------------+
 *    28                36       40                48        + 8 or 20
 *    +-----------------+--------+-----------------+-----------------+
 *    |physical position|sys flag| born timestamp  |  born host      |
 *    +-----------------+--------+-----------------+-----------------+
 *    behind the born host       + 8 or 20
 *    +-----------------+-----------------+--------+-----------------+
 *    | store timestamp |   store host    |retried |prepared position|
 *    +-----------------+-----------------+--------+-----------------+
 *    +--------+------…-+------+---…---+------+-----…------+
 *    |  body length    | body |topic  | topic| properties | properties
 *    |    4   |        |      |length | UTF-8| length  2  | UTF-8
 *    +--------+------…-+------+---…---+------+-----…------+
 * </pre>
 * A host is an address of 4 bytes (16 when its bit of {@link SysFlag} is set) and a port of 4. The topic's length takes
 * one byte with {@link #MAGIC_V1}, two with {@link #MAGIC_V2}. The body's checksum is CRC-32 with the top bit cleared.
 */
public final class MessageRecordLayout {
    public static final int TOTAL_SIZE = 0;
    public static final int MAGIC = TOTAL_SIZE + Integer.BYTES;
    public static final int BODY_CRC = MAGIC + Integer.BYTES;
    public static final int QUEUE_ID = BODY_CRC + Integer.BYTES;
    public static final int FLAG = QUEUE_ID + Integer.BYTES;
    public static final int QUEUE_OFFSET = FLAG + Integer.BYTES;
    public static final int PHYSICAL_OFFSET = QUEUE_OFFSET + Long.BYTES;
    public static final int SYS_FLAG = PHYSICAL_OFFSET + Long.BYTES;
    public static final int BORN_TIMESTAMP = SYS_FLAG + Integer.BYTES;
    public static final int BORN_HOST = BORN_TIMESTAMP + Long.BYTES;

    /** A topic of at most 127 bytes. */
    public static final int MAGIC_V1 = 0xDAA320A7;
    /** A longer topic. */
    public static final int MAGIC_V2 = 0xDAA320AB;

    /** A host with an IPv4 address and its port. */
    public static final int HOST_BYTES_IPV4 = 4 + Integer.BYTES;
    /** A host with an IPv6 address and its port. */
    public static final int HOST_BYTES_IPV6 = 16 + Integer.BYTES;

    /** The longest topic that is written with {@link #MAGIC_V1}. */
    public static final int TOPIC_BYTES_MAX_V1 = 127;
    /** The longest topic there is. */
    public static final int TOPIC_BYTES_MAX = 255;
    /** Properties have a length of two bytes, and clients read it with a sign. */
    public static final int PROPERTIES_BYTES_MAX = Short.MAX_VALUE;
    /** A body, as it comes over the wire (compressed or not). */
    public static final int BODY_BYTES_MAX = 4 * 1024 * 1024;

    /** Everything but hosts, body, topic and properties, with {@link #MAGIC_V1}. */
    private static final int FIXED_BYTES =
            BORN_HOST + Long.BYTES + Integer.BYTES + Long.BYTES + Integer.BYTES + Byte.BYTES + Short.BYTES;

    /** The shortest record: two IPv4 hosts; body, topic and properties empty. */
    public static final int RECORD_BYTES_MIN = FIXED_BYTES + 2 * HOST_BYTES_IPV4;
    /** The longest record there can be within the limits above. */
    public static final int RECORD_BYTES_MAX =
            FIXED_BYTES + Byte.BYTES + 2 * HOST_BYTES_IPV6 + BODY_BYTES_MAX + TOPIC_BYTES_MAX + PROPERTIES_BYTES_MAX;

    private MessageRecordLayout() {}

    /**
     * @param sysFlag flag bits of the record
     * @return bytes of the born host: 8 or 20
     */
    public static int bornHostBytes(int sysFlag) {
        return (sysFlag & SysFlag.BORN_HOST_IPV6) == 0 ? HOST_BYTES_IPV4 : HOST_BYTES_IPV6;
    }

    /**
     * @param sysFlag flag bits of the record
     * @return bytes of the store host: 8 or 20
     */
    public static int storeHostBytes(int sysFlag) {
        return (sysFlag & SysFlag.STORE_HOST_IPV6) == 0 ? HOST_BYTES_IPV4 : HOST_BYTES_IPV6;
    }

    /**
     * @param sysFlag flag bits of the record
     * @return where the store timestamp sits, behind the born host
     */
    public static int storeTimestamp(int sysFlag) {
        return BORN_HOST + bornHostBytes(sysFlag);
    }

    static int storeHost(int sysFlag) {
        return storeTimestamp(sysFlag) + Long.BYTES;
    }

    /**
     * @param sysFlag flag bits of the record
     * @return where the number of redeliveries sits, behind the store host
     */
    public static int reconsumeTimes(int sysFlag) {
        return storeHost(sysFlag) + storeHostBytes(sysFlag);
    }

    static int preparedTransactionOffset(int sysFlag) {
        return reconsumeTimes(sysFlag) + Integer.BYTES;
    }

    static int bodyLength(int sysFlag) {
        return preparedTransactionOffset(sysFlag) + Long.BYTES;
    }

    static int topicLengthBytes(int magic) {
        return magic == MAGIC_V2 ? Short.BYTES : Byte.BYTES;
    }
}
