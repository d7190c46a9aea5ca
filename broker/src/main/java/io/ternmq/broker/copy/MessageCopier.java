package io.ternmq.broker.copy;

import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.protocol.message.KeyHash;
import io.ternmq.protocol.message.MessageFields;
import io.ternmq.protocol.message.MessageProperties;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.MessageRecordEncoder;
import io.ternmq.protocol.message.MessageRecordLayout;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.message.SysFlag;
import io.ternmq.protocol.message.TagHash;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.agrona.collections.LongArrayList;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Makes a new record of a stored one, for another queue. One a thread. */
public final class MessageCopier {
    /** A message is found by so many of its keys at most. */
    public static final int KEYS_MAX = 32;

    private final MessageRecordEncoder encoder = new MessageRecordEncoder();
    private final MessageFields fields = new MessageFields();
    private final LongArrayList keyHashes = new LongArrayList();

    /**
     * What is different in the copy.
     *
     * @param topic the topic it goes to
     * @param queueId the queue of that topic
     * @param reconsumeTimes how often it was given to its group before
     * @param properties all of its properties
     */
    public record Changes(String topic, int queueId, int reconsumeTimes, Map<String, String> properties) {}

    /** @return all properties of a record, in their order; a copy that may be changed */
    public static Map<String, String> properties(MessageRecord record) {
        return MessageProperties.parse(record.buffer(), record.propertiesIndex(), record.propertiesLength());
    }

    /**
     * Copies into a buffer of its own.
     *
     * @throws io.ternmq.protocol.message.MalformedMessageException when the properties are more than a record holds
     */
    public EncodedMessage copy(MessageRecord source, Changes changes) {
        return copy(source, changes, source.sysFlag(), 0, MessageProperties.format(changes.properties()));
    }

    /** @return the copy that consumers see of a half message that was stored at that position */
    public EncodedMessage commit(MessageRecord half, Changes changes, long halfPosition) {
        int sysFlag = (half.sysFlag() & ~SysFlag.TRANSACTION_MASK) | SysFlag.TRANSACTION_COMMIT;
        return copy(half, changes, sysFlag, halfPosition, fitting(half, changes));
    }

    /**
     * As {@link #copy}, for the shard, which must come to an end with every message.
     *
     * @return the copy; where the changed properties are more than a record holds, with those of the source as they are
     */
    public EncodedMessage copyInAnyCase(MessageRecord source, Changes changes) {
        return copy(source, changes, source.sysFlag(), 0, fitting(source, changes));
    }

    private static byte[] fitting(MessageRecord source, Changes changes) {
        byte[] properties = MessageProperties.format(changes.properties());
        if (properties.length > MessageRecordLayout.PROPERTIES_BYTES_MAX) {
            properties = new byte[source.propertiesLength()];
            source.buffer().getBytes(source.propertiesIndex(), properties);
        }
        return properties;
    }

    private EncodedMessage copy(
            MessageRecord source, Changes changes, int sysFlag, long preparedPosition, byte[] properties) {
        fields.clear()
                .topic(changes.topic().getBytes(StandardCharsets.UTF_8))
                .queueId(changes.queueId())
                .flag(source.flag())
                .sysFlag(sysFlag)
                .preparedTransactionOffset(preparedPosition)
                .bornTimestamp(source.bornTimestamp())
                .bornHost(source.bornHost())
                .storeHost(source.storeHost())
                .reconsumeTimes(changes.reconsumeTimes())
                .body(source.buffer(), source.bodyIndex(), source.bodyLength())
                .properties(properties);
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[encoder.encodedLength(fields)]);
        encoder.encode(fields, buffer, 0);
        int tagHash = TagHash.of(changes.properties().get(PropertyNames.TAGS));
        return new EncodedMessage(buffer, 0, buffer.capacity(), tagHash, keyHashes(changes));
    }

    private long[] keyHashes(Changes changes) {
        Map<String, String> properties = changes.properties();
        return keyHashes(changes.topic(), properties.get(PropertyNames.UNIQUE_KEY), properties.get(PropertyNames.KEYS));
    }

    /** @return the hashes of the keys by which a stored message is found */
    public long[] keyHashes(MessageRecord record) {
        return keyHashes(
                record.topic(), record.property(PropertyNames.UNIQUE_KEY), record.property(PropertyNames.KEYS));
    }

    private long[] keyHashes(String topic, @Nullable String uniqueKey, @Nullable String keys) {
        keyHashes.clear();
        addKey(topic, uniqueKey);
        if (keys != null) {
            for (String key : keys.split(String.valueOf(PropertyNames.KEY_SEPARATOR), -1)) {
                addKey(topic, key);
            }
        }
        return keyHashes.toLongArray();
    }

    private void addKey(String topic, @Nullable String key) {
        if (key != null && !key.isEmpty() && keyHashes.size() < KEYS_MAX) {
            keyHashes.addLong(KeyHash.of(topic, key));
        }
    }
}
