package io.ternmq.protocol.message;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.util.zip.CRC32;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record where it lies. {@link #wrap} it on bytes, ask {@link #validate} first when they may be damaged, then
 * read. It copies nothing but what it returns as String or address, and keeps no reference after the next wrap. Not
 * thread-safe.
 */
public final class MessageRecord {
    private final BodyChecksum checksum = new BodyChecksum(new CRC32());
    private final PropertyScanner scanner = new PropertyScanner();
    private DirectBuffer buffer = new UnsafeBuffer(0, 0);
    private int index;
    private int length;

    /**
     * @param index where the record begins
     * @param length how many bytes there are for it
     */
    public MessageRecord wrap(DirectBuffer buffer, int index, int length) {
        buffer.boundsCheck(index, length);
        this.buffer = buffer;
        this.index = index;
        this.length = length;
        return this;
    }

    /**
     * Checks that every length lies within the record, and nothing is left over. It never reads outside of what was
     * wrapped; the other methods rely on it. Checksums are another question: {@link #bodyCrcMatches}.
     *
     * @return null when the structure is sound, else what is wrong with it
     */
    public @Nullable String validate() {
        if (length < MessageRecordLayout.RECORD_BYTES_MIN) {
            return wrong("record", length, "at least " + MessageRecordLayout.RECORD_BYTES_MIN + " bytes");
        }
        if (totalSize() != length) {
            return wrong("totalSize", totalSize(), Integer.toString(length));
        }
        if (magic() != MessageRecordLayout.MAGIC_V1 && magic() != MessageRecordLayout.MAGIC_V2) {
            return wrong("magic", "0x" + Integer.toHexString(magic()), "a message record's");
        }
        return validateLengths();
    }

    private @Nullable String validateLengths() {
        int topicLengthBytes = MessageRecordLayout.topicLengthBytes(magic());
        int afterBodyLength = MessageRecordLayout.bodyLength(sysFlag()) + Integer.BYTES;
        int roomForBody = length - afterBodyLength - topicLengthBytes - Short.BYTES;
        if (roomForBody < 0) {
            return wrong("record", length, "room for both hosts");
        }
        if (bodyLength() < 0 || bodyLength() > roomForBody) {
            return wrong("bodyLength", bodyLength(), "0.." + roomForBody);
        }
        int roomForTopic = roomForBody - bodyLength();
        if (topicLength() < 1 || topicLength() > Math.min(roomForTopic, MessageRecordLayout.TOPIC_BYTES_MAX)) {
            return wrong("topicLength", topicLength(), "1.." + roomForTopic);
        }
        int propertiesExpected = roomForTopic - topicLength();
        if (propertiesLength() != propertiesExpected) {
            return wrong("propertiesLength", propertiesLength(), Integer.toString(propertiesExpected));
        }
        return null;
    }

    private static String wrong(String name, Object value, String expectation) {
        return name + ": " + value + " (expected: " + expectation + ")";
    }

    /** @return whether the body is the one that was checksummed */
    public boolean bodyCrcMatches() {
        return checksum.of(buffer, bodyIndex(), bodyLength()) == bodyCrc();
    }

    /** The buffer that all indexes refer to. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** @return bytes of the whole record */
    public int totalSize() {
        return intAt(MessageRecordLayout.TOTAL_SIZE);
    }

    /** @return {@link MessageRecordLayout#MAGIC_V1} or {@link MessageRecordLayout#MAGIC_V2} */
    public int magic() {
        return intAt(MessageRecordLayout.MAGIC);
    }

    /** @return the checksum that the record holds */
    public int bodyCrc() {
        return intAt(MessageRecordLayout.BODY_CRC);
    }

    /** @return the queue in its topic */
    public int queueId() {
        return intAt(MessageRecordLayout.QUEUE_ID);
    }

    /** @return what the sending application put there */
    public int flag() {
        return intAt(MessageRecordLayout.FLAG);
    }

    /** @return the message's number in its queue */
    public long queueOffset() {
        return longAt(MessageRecordLayout.QUEUE_OFFSET);
    }

    /** @return the record's first byte in the shard's log */
    public long position() {
        return longAt(MessageRecordLayout.PHYSICAL_OFFSET);
    }

    /** @return bits of {@link SysFlag} */
    public int sysFlag() {
        return intAt(MessageRecordLayout.SYS_FLAG);
    }

    /** @return milliseconds of the epoch, by the sender's clock */
    public long bornTimestamp() {
        return longAt(MessageRecordLayout.BORN_TIMESTAMP);
    }

    /** @return who sent it */
    public HostAddress bornHost() {
        return HostAddress.read(
                buffer, index + MessageRecordLayout.BORN_HOST, MessageRecordLayout.bornHostBytes(sysFlag()));
    }

    /** @return milliseconds of the epoch, by our clock */
    public long storeTimestamp() {
        return longAt(MessageRecordLayout.storeTimestamp(sysFlag()));
    }

    /** @return the address that was advertised when it was stored */
    public HostAddress storeHost() {
        int sysFlag = sysFlag();
        return HostAddress.read(
                buffer, index + MessageRecordLayout.storeHost(sysFlag), MessageRecordLayout.storeHostBytes(sysFlag));
    }

    /** @return how often it was sent back */
    public int reconsumeTimes() {
        return intAt(MessageRecordLayout.reconsumeTimes(sysFlag()));
    }

    /** @return position of the half message it came from, 0 when there is none */
    public long preparedTransactionOffset() {
        return longAt(MessageRecordLayout.preparedTransactionOffset(sysFlag()));
    }

    /** @return bytes of the body */
    public int bodyLength() {
        return intAt(MessageRecordLayout.bodyLength(sysFlag()));
    }

    /** @return where the body begins in {@link #buffer} */
    public int bodyIndex() {
        return index + MessageRecordLayout.bodyLength(sysFlag()) + Integer.BYTES;
    }

    /** @return a copy of the body, as it was sent (compressed or not) */
    public byte[] body() {
        byte[] body = new byte[bodyLength()];
        buffer.getBytes(bodyIndex(), body);
        return body;
    }

    /** @return bytes of the topic */
    public int topicLength() {
        int at = topicLengthIndex();
        return magic() == MessageRecordLayout.MAGIC_V2 ? buffer.getShort(at, BIG_ENDIAN) : buffer.getByte(at);
    }

    /** @return where the topic's UTF-8 begins in {@link #buffer} */
    public int topicIndex() {
        return topicLengthIndex() + MessageRecordLayout.topicLengthBytes(magic());
    }

    /** @return the topic, as a new String */
    public String topic() {
        return Utf8.decode(buffer, topicIndex(), topicLength());
    }

    /** @return bytes of the properties */
    public int propertiesLength() {
        return buffer.getShort(propertiesLengthIndex(), BIG_ENDIAN);
    }

    /** @return where the properties begin in {@link #buffer} */
    public int propertiesIndex() {
        return propertiesLengthIndex() + Short.BYTES;
    }

    /** @return the property's value, or null */
    public @Nullable String property(String name) {
        return MessageProperties.find(buffer, propertiesIndex(), propertiesLength(), name);
    }

    /** Calls {@code consumer} with every property, in the order in which they stand. */
    public void forEachProperty(PropertyConsumer consumer) {
        scanner.wrap(buffer, propertiesIndex(), propertiesLength());
        while (scanner.next()) {
            consumer.accept(scanner.name(), scanner.value());
        }
    }

    private int topicLengthIndex() {
        return bodyIndex() + bodyLength();
    }

    private int propertiesLengthIndex() {
        return topicIndex() + topicLength();
    }

    private int intAt(int field) {
        return buffer.getInt(index + field, BIG_ENDIAN);
    }

    private long longAt(int field) {
        return buffer.getLong(index + field, BIG_ENDIAN);
    }

    /** Receives properties. */
    @FunctionalInterface
    public interface PropertyConsumer {
        void accept(String name, String value);
    }
}
