package io.ternmq.protocol.message;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.MutableDirectBuffer;

/** Fills in what only the log knows: where a record stands and when it was stored. */
public final class MessageRecordHoles {
    private MessageRecordHoles() {}

    /**
     * @param buffer holds a record at {@code index}
     * @param queueOffset the message's number in its queue
     * @param position the record's first byte in the shard's log
     * @param storeTimeMs milliseconds of the epoch
     */
    public static void fill(MutableDirectBuffer buffer, int index, long queueOffset, long position, long storeTimeMs) {
        int sysFlag = buffer.getInt(index + MessageRecordLayout.SYS_FLAG, BIG_ENDIAN);
        buffer.putLong(index + MessageRecordLayout.QUEUE_OFFSET, queueOffset, BIG_ENDIAN);
        buffer.putLong(index + MessageRecordLayout.PHYSICAL_OFFSET, position, BIG_ENDIAN);
        buffer.putLong(index + MessageRecordLayout.storeTimestamp(sysFlag), storeTimeMs, BIG_ENDIAN);
    }
}
