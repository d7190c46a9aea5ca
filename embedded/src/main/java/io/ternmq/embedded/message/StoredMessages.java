package io.ternmq.embedded.message;

import io.ternmq.Partition;
import io.ternmq.engine.StoredMessage;
import io.ternmq.protocol.message.BodyDecompression;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.OffsetMessageId;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.message.ReservedProperties;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records of the log as messages. Thread-safe. */
public final class StoredMessages {

    private final String broker;

    /**
     * Reads for one shard.
     *
     * @param broker its name in partitions
     */
    public StoredMessages(String broker) {
        this.broker = broker;
    }

    /**
     * Copies a message out of a record.
     *
     * @param record   where it lies; not kept
     * @param earlier  how many attempts there were before, besides those that the record tells of
     * @return the message
     */
    public StoredMessage of(MessageRecord record, int earlier) {
        Map<String, String> all = new LinkedHashMap<>();
        record.forEachProperty(all::put);
        Map<String, String> own = new LinkedHashMap<>(all);
        own.keySet().removeIf(ReservedProperties::contains);
        String topic = all.getOrDefault(PropertyNames.RETRY_TOPIC, record.topic());
        String id = all.get(PropertyNames.UNIQUE_KEY);
        return new StoredMessage(
                new Partition(topic, broker, record.queueId()),
                record.queueOffset(),
                id == null ? new OffsetMessageId(record.storeHost(), record.position()).encode() : id,
                BodyDecompression.decompress(record.sysFlag(), record.body()),
                marks(all),
                own,
                1 + record.reconsumeTimes() + earlier,
                Instant.ofEpochMilli(record.bornTimestamp()),
                Instant.ofEpochMilli(record.storeTimestamp()),
                all.getOrDefault(PropertyNames.CORRELATION_ID, ""));
    }

    private static StoredMessage.Marks marks(Map<String, String> properties) {
        String keys = properties.get(PropertyNames.KEYS);
        return new StoredMessage.Marks(
                keys == null || keys.isBlank() ? List.of() : List.of(keys.trim().split("\\s+", -1)),
                Optional.ofNullable(properties.get(PropertyNames.TAGS)),
                Optional.ofNullable(properties.get(PropertyNames.SHARDING_KEY)),
                Optional.ofNullable(properties.get(PropertyNames.LANE)),
                priority(properties.get(PropertyNames.PRIORITY)));
    }

    private static int priority(@Nullable String text) {
        try {
            return text == null ? 0 : Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException anotherSendersNonsense) {
            return 0;
        }
    }
}
