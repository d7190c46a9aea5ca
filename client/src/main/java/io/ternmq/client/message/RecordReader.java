package io.ternmq.client.message;

import io.netty.buffer.ByteBuf;
import io.ternmq.Partition;
import io.ternmq.UnavailableException;
import io.ternmq.engine.StoredMessage;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.MessageRecordLayout;
import io.ternmq.protocol.message.OffsetMessageId;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.message.PropertyScanner;
import io.ternmq.protocol.message.ReservedProperties;
import io.ternmq.protocol.remoting.FrameBody;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of the records in answers' bodies. It keeps what repeats from message to message, so it is for one reader of one topic and broker, and for one thread
 * at a time.
 */
public final class RecordReader {

    /** Retry topics and topics of dead letters begin so; others may not. */
    private static final String GROUPS_OWN = "%";
    /** The first so many properties of a message have the names of those before, as a rule. */
    private static final int REPEATED_NAMES = 8;

    private final PropertyScanner scanner = new PropertyScanner();
    private final RepeatedText[] names = new RepeatedText[REPEATED_NAMES];
    private final RepeatedText recordTopic = new RepeatedText();
    private final String topic;
    private final String broker;
    private @Nullable Partition partition;

    /**
     * Reads nothing yet.
     *
     * @param topic  what was asked for: retries come under another name
     * @param broker who answers
     */
    public RecordReader(String topic, String broker) {
        this.topic = topic;
        this.broker = broker;
        Arrays.setAll(names, i -> new RepeatedText());
    }

    /**
     * Reads all records.
     *
     * @param body one record behind the other
     * @return in their order
     * @throws UnavailableException when they are damaged
     */
    public List<StoredMessage> read(ByteBuf body) {
        return each(topic, body, this::message);
    }

    /**
     * Makes something else of records.
     *
     * @param topic where they are from
     * @param body  one record behind the other
     * @param form  makes it of a record that is sound, and that is another one when it returns
     * @param <T>   what is made
     * @return in their order
     * @throws UnavailableException when they are damaged
     */
    public static <T> List<T> each(String topic, ByteBuf body, Function<MessageRecord, T> form) {
        UnsafeBuffer view = new UnsafeBuffer(0, 0);
        MessageRecord record = new MessageRecord();
        FrameBody.wrap(view, body);
        List<T> all = new ArrayList<>();
        int at = 0;
        while (at < view.capacity()) {
            int length = recordLength(topic, view, at);
            record.wrap(view, at, length);
            String wrong = record.validate();
            if (wrong != null) {
                throw new UnavailableException("a message of " + topic + " is damaged: " + wrong);
            }
            all.add(form.apply(record));
            at += length;
        }
        return all;
    }

    private static int recordLength(String topic, UnsafeBuffer view, int at) {
        int room = view.capacity() - at;
        int length = room < Integer.BYTES ? 0 : view.getInt(at, ByteOrder.BIG_ENDIAN);
        if (length < MessageRecordLayout.RECORD_BYTES_MIN || length > room) {
            throw new UnavailableException("a message of " + topic + " is damaged: length " + length + " (expected: "
                    + MessageRecordLayout.RECORD_BYTES_MIN + ".." + room + ")");
        }
        return length;
    }

    private StoredMessage message(MessageRecord record) {
        Map<String, String> properties = Map.of();
        Map<String, String> reserved = new HashMap<>();
        scanner.wrap(record.buffer(), record.propertiesIndex(), record.propertiesLength());
        for (int i = 0; scanner.next(); i++) {
            String name = name(record, i);
            if (ReservedProperties.contains(name)) {
                reserved.put(name, scanner.value());
            } else {
                properties = properties.isEmpty() ? new LinkedHashMap<>() : properties;
                properties.put(name, scanner.value());
            }
        }
        String from = recordTopic.read(record.buffer(), record.topicIndex(), record.topicLength());
        Origin origin = new Origin(broker, from, record.queueId(), record.position(), reserved);
        return new StoredMessage(
                partition(home(reserved), record.queueId()),
                record.queueOffset(),
                id(record, reserved),
                Bodies.whole(record.body(), record.sysFlag()),
                marks(reserved),
                properties,
                record.reconsumeTimes() + 1,
                Instant.ofEpochMilli(record.bornTimestamp()),
                Instant.ofEpochMilli(record.storeTimestamp()),
                origin);
    }

    private String name(MessageRecord record, int i) {
        return i < names.length
                ? names[i].read(record.buffer(), scanner.nameIndex(), scanner.nameLength())
                : scanner.name();
    }

    /** Messages of one partition come one behind the other. */
    private Partition partition(String home, int queueId) {
        Partition last = partition;
        if (last == null || last.id() != queueId || !last.topic().equals(home)) {
            last = new Partition(home, broker, queueId);
            partition = last;
        }
        return last;
    }

    /** What came back to its group, or is a dead letter, is of the topic that it was sent to. */
    private String home(Map<String, String> reserved) {
        return topic.startsWith(GROUPS_OWN) ? reserved.getOrDefault(PropertyNames.RETRY_TOPIC, topic) : topic;
    }

    private static String id(MessageRecord record, Map<String, String> reserved) {
        String unique = reserved.get(PropertyNames.UNIQUE_KEY);
        return unique != null ? unique : new OffsetMessageId(record.storeHost(), record.position()).encode();
    }

    /**
     * What a sender said, in the properties' words.
     *
     * @param reserved by name
     * @return the same in the API's words
     */
    public static StoredMessage.Marks marks(Map<String, String> reserved) {
        String keys = reserved.get(PropertyNames.KEYS);
        return new StoredMessage.Marks(
                keys == null ? List.of() : List.of(keys.trim().split(" +")),
                Optional.ofNullable(reserved.get(PropertyNames.TAGS)),
                Optional.ofNullable(reserved.get(PropertyNames.SHARDING_KEY)),
                Optional.ofNullable(reserved.get(PropertyNames.LANE)),
                priority(reserved.get(PropertyNames.PRIORITY)));
    }

    private static int priority(@Nullable String text) {
        try {
            return text == null ? 0 : Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
