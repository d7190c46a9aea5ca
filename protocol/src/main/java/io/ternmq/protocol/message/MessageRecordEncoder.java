package io.ternmq.protocol.message;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.util.zip.CRC32;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Writes records whose queue offset, physical position and store timestamp are 0: holes, which the log fills when it
 * knows them ({@link MessageRecordHoles}). Everything expensive about a message (checksum, copying) is done here, so by
 * the thread that received it. One instance a thread: it owns a checksum.
 */
public final class MessageRecordEncoder {
    private final BodyChecksum checksum = new BodyChecksum(new CRC32());

    /**
     * @param fields a whole message
     * @return bytes that {@link #encode} will write
     * @throws MalformedMessageException when topic, body or properties break a limit of {@link MessageRecordLayout}
     */
    public int encodedLength(MessageFields fields) {
        int topicLength = checked("topic", fields.topicBytes().capacity(), 1, MessageRecordLayout.TOPIC_BYTES_MAX);
        int propertiesLength =
                checked("properties", fields.propertiesBytes().capacity(), 0, MessageRecordLayout.PROPERTIES_BYTES_MAX);
        int bodyLength = checked("body", fields.bodyLength(), 0, MessageRecordLayout.BODY_BYTES_MAX);
        return MessageRecordLayout.bodyLength(fields.effectiveSysFlag())
                + Integer.BYTES
                + bodyLength
                + MessageRecordLayout.topicLengthBytes(magic(topicLength))
                + topicLength
                + Short.BYTES
                + propertiesLength;
    }

    /**
     * Writes the record with its holes.
     *
     * @param fields a whole message
     * @param dst has {@link #encodedLength} bytes at {@code index}
     * @return bytes written
     * @throws MalformedMessageException when topic, body or properties break a limit of {@link MessageRecordLayout}
     */
    public int encode(MessageFields fields, MutableDirectBuffer dst, int index) {
        int length = encodedLength(fields);
        int sysFlag = fields.effectiveSysFlag();
        dst.putInt(index + MessageRecordLayout.TOTAL_SIZE, length, BIG_ENDIAN);
        dst.putInt(index + MessageRecordLayout.MAGIC, magic(fields.topicBytes().capacity()), BIG_ENDIAN);
        dst.putInt(index + MessageRecordLayout.QUEUE_ID, fields.queueId(), BIG_ENDIAN);
        dst.putInt(index + MessageRecordLayout.FLAG, fields.flag(), BIG_ENDIAN);
        dst.putInt(index + MessageRecordLayout.SYS_FLAG, sysFlag, BIG_ENDIAN);
        dst.putLong(index + MessageRecordLayout.BORN_TIMESTAMP, fields.bornTimestamp(), BIG_ENDIAN);
        fields.requiredBornHost().encode(dst, index + MessageRecordLayout.BORN_HOST);
        fields.requiredStoreHost().encode(dst, index + MessageRecordLayout.storeHost(sysFlag));
        dst.putInt(index + MessageRecordLayout.reconsumeTimes(sysFlag), fields.reconsumeTimes(), BIG_ENDIAN);
        dst.putLong(
                index + MessageRecordLayout.preparedTransactionOffset(sysFlag),
                fields.preparedTransactionOffset(),
                BIG_ENDIAN);
        MessageRecordHoles.fill(dst, index, 0, 0, 0);
        int bodyLengthAt = index + MessageRecordLayout.bodyLength(sysFlag);
        encodeVariableParts(fields, dst, bodyLengthAt);
        // Over the copy: it is in the cache, and our own buffer is one that the checksum reads in place.
        int bodyCrc = checksum.of(dst, bodyLengthAt + Integer.BYTES, fields.bodyLength());
        dst.putInt(index + MessageRecordLayout.BODY_CRC, bodyCrc, BIG_ENDIAN);
        return length;
    }

    private static void encodeVariableParts(MessageFields fields, MutableDirectBuffer dst, int bodyLengthAt) {
        int at = bodyLengthAt;
        dst.putInt(at, fields.bodyLength(), BIG_ENDIAN);
        at += Integer.BYTES;
        dst.putBytes(at, fields.body(), fields.bodyIndex(), fields.bodyLength());
        at += fields.bodyLength();

        DirectBuffer topic = fields.topicBytes();
        if (magic(topic.capacity()) == MessageRecordLayout.MAGIC_V1) {
            dst.putByte(at, (byte) topic.capacity());
            at += Byte.BYTES;
        } else {
            dst.putShort(at, (short) topic.capacity(), BIG_ENDIAN);
            at += Short.BYTES;
        }
        dst.putBytes(at, topic, 0, topic.capacity());
        at += topic.capacity();

        DirectBuffer properties = fields.propertiesBytes();
        dst.putShort(at, (short) properties.capacity(), BIG_ENDIAN);
        at += Short.BYTES;
        dst.putBytes(at, properties, 0, properties.capacity());
    }

    private static int magic(int topicLength) {
        return topicLength <= MessageRecordLayout.TOPIC_BYTES_MAX_V1
                ? MessageRecordLayout.MAGIC_V1
                : MessageRecordLayout.MAGIC_V2;
    }

    private static int checked(String name, int bytes, int min, int max) {
        if (bytes < min || bytes > max) {
            throw new MalformedMessageException(name, bytes + " bytes", min + ".." + max + " bytes");
        }
        return bytes;
    }
}
