package io.ternmq.grpc.convert;

import apache.rocketmq.v2.DeadLetterQueue;
import apache.rocketmq.v2.Digest;
import apache.rocketmq.v2.DigestType;
import apache.rocketmq.v2.Encoding;
import apache.rocketmq.v2.Message;
import apache.rocketmq.v2.Resource;
import apache.rocketmq.v2.SystemProperties;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.ternmq.broker.catalog.MessageType;
import io.ternmq.protocol.message.BodyDecompression;
import io.ternmq.protocol.message.MessageProperties;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.MessageRecordLayout;
import io.ternmq.protocol.message.OffsetMessageId;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.message.SysFlag;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes of records the messages that clients know. Bodies that were compressed by their senders are made whole, since some clients can undo
 * zlib, some gzip, some neither, and the protocol has one word for both; what cannot be made whole, or would be larger than a body may be, goes
 * out as it is stored. Not thread-safe.
 */
public final class MessageViews {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final MessageDigest digest;

    /** For one thread at a time. */
    public MessageViews() {
        try {
            digest = MessageDigest.getInstance("MD5"); // what every client of this protocol can check
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("MD5: missing (expected: every Java platform has it)", e);
        }
    }

    /**
     * How a message came to who receives it.
     *
     * @param receiptHandle names it
     * @param queueId the queue it was taken of
     * @param offset its number there
     * @param attempt how often it was given to the group, with this time
     * @param invisibleMs how long nobody else gets it
     */
    public record Delivery(String receiptHandle, int queueId, long offset, int attempt, long invisibleMs) {}

    /** @return whether the body was compressed by its sender */
    public static boolean isCompressed(MessageRecord record) {
        return (record.sysFlag() & SysFlag.COMPRESSED) != 0;
    }

    /** @return the message as one receives it who asked for that topic */
    public Message received(MessageRecord record, String topic, Delivery delivery) {
        Map<String, String> properties = propertiesOf(record);
        SystemProperties.Builder system = system(record, properties)
                .setReceiptHandle(delivery.receiptHandle())
                .setQueueId(delivery.queueId())
                .setQueueOffset(delivery.offset())
                .setDeliveryAttempt(delivery.attempt())
                .setInvisibleDuration(Times.duration(delivery.invisibleMs()));
        return message(record, topic, properties, system);
    }

    /** @return the message as one gets it who reads that queue of that topic by offset */
    public Message pulled(MessageRecord record, String topic, int queueId, long offset) {
        Map<String, String> properties = propertiesOf(record);
        SystemProperties.Builder system = system(record, properties)
                .setQueueId(queueId)
                .setQueueOffset(offset)
                .setDeliveryAttempt(record.reconsumeTimes() + 1);
        return message(record, topic, properties, system);
    }

    /** @return the message as its own sender knows it */
    public Message sent(MessageRecord record) {
        Map<String, String> properties = propertiesOf(record);
        return message(record, record.topic(), properties, system(record, properties));
    }

    private static Map<String, String> propertiesOf(MessageRecord record) {
        return MessageProperties.parse(record.buffer(), record.propertiesIndex(), record.propertiesLength());
    }

    private Message message(
            MessageRecord record, String topic, Map<String, String> properties, SystemProperties.Builder system) {
        byte[] stored = record.body();
        byte[] whole = BodyDecompression.decompress(record.sysFlag(), stored, MessageRecordLayout.BODY_BYTES_MAX);
        boolean isPacked = isCompressed(record) && whole == stored;
        system.setBodyEncoding(isPacked ? Encoding.GZIP : Encoding.IDENTITY);
        ByteString body = UnsafeByteOperations.unsafeWrap(whole);
        system.setBodyDigest(Digest.newBuilder().setType(DigestType.MD5).setChecksum(checksum(body)));
        Message.Builder message = Message.newBuilder()
                .setTopic(Resource.newBuilder().setName(topic))
                .setSystemProperties(system)
                .setBody(body);
        properties.forEach((name, value) -> {
            if (PropertyRules.isUsers(name)) {
                message.putUserProperties(name, value);
            }
        });
        return message.build();
    }

    private String checksum(ByteString body) {
        digest.update(body.asReadOnlyByteBuffer());
        return HEX.formatHex(digest.digest());
    }

    private static SystemProperties.Builder system(MessageRecord record, Map<String, String> properties) {
        SystemProperties.Builder system = SystemProperties.newBuilder()
                .setMessageId(messageId(record, properties))
                .setMessageType(MessageTypes.of(typeOf(record, properties)))
                .setBornTimestamp(Times.timestamp(record.bornTimestamp()))
                .setBornHost(properties.getOrDefault(
                        PropertyNames.BORN_HOST, record.bornHost().toString()))
                .setStoreTimestamp(Times.timestamp(record.storeTimestamp()))
                .setStoreHost(record.storeHost().toString());
        String tag = properties.get(PropertyNames.TAGS);
        if (tag != null) {
            system.setTag(tag);
        }
        String keys = properties.get(PropertyNames.KEYS);
        if (keys != null) {
            system.addAllKeys(Arrays.stream(keys.split(String.valueOf(PropertyNames.KEY_SEPARATOR), -1))
                    .filter(key -> !key.isEmpty())
                    .toList());
        }
        String group = properties.get(PropertyNames.SHARDING_KEY);
        if (group != null) {
            system.setMessageGroup(group);
        }
        String trace = properties.get(PropertyNames.TRACE_CONTEXT);
        if (trace != null) {
            system.setTraceContext(trace);
        }
        putDelivery(system, properties);
        putDeadLetter(system, properties);
        return system;
    }

    private static MessageType typeOf(MessageRecord record, Map<String, String> properties) {
        boolean committed = (record.sysFlag() & SysFlag.TRANSACTION_MASK) == SysFlag.TRANSACTION_COMMIT;
        return committed ? MessageType.TRANSACTION : MessageType.of(properties);
    }

    private static void putDelivery(SystemProperties.Builder system, Map<String, String> properties) {
        long dueMs = number(properties.get(PropertyNames.TIMER_OUT_MS));
        dueMs = dueMs == 0 ? number(properties.get(PropertyNames.TIMER_DELIVER_MS)) : dueMs;
        if (dueMs > 0) {
            system.setDeliveryTimestamp(Times.timestamp(dueMs));
        }
    }

    private static void putDeadLetter(SystemProperties.Builder system, Map<String, String> properties) {
        String topic = properties.get(PropertyNames.DEAD_LETTER_ORIGIN_TOPIC);
        String id = properties.get(PropertyNames.DEAD_LETTER_ORIGIN_MESSAGE_ID);
        if (topic != null && id != null) {
            system.setDeadLetterQueue(
                    DeadLetterQueue.newBuilder().setTopic(topic).setMessageId(id));
        }
    }

    /** The one that its sender gave it, or else the one by which it can be found here. */
    private static String messageId(MessageRecord record, Map<String, String> properties) {
        String given = properties.get(PropertyNames.UNIQUE_KEY);
        return given == null ? new OffsetMessageId(record.storeHost(), record.position()).encode() : given;
    }

    private static long number(@Nullable String text) {
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
