package io.ternmq.embedded.message;

import io.ternmq.Partition;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.engine.OutgoingMessage;
import io.ternmq.protocol.message.HostAddress;
import io.ternmq.protocol.message.KeyHash;
import io.ternmq.protocol.message.MessageFields;
import io.ternmq.protocol.message.MessageRecordEncoder;
import io.ternmq.protocol.message.PropertiesWriter;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.message.TagHash;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes records of messages, with holes for what only the shard knows. For one thread. */
public final class RecordDraft {

    private static final HostAddress HOST = HostAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    private static final long[] NOT_FOUND_BY_KEY = {};

    private final MessageFields fields = new MessageFields();
    private final MessageRecordEncoder encoder = new MessageRecordEncoder();
    private final UnsafeBuffer body = new UnsafeBuffer(0, 0);
    private final PropertiesWriter properties = new PropertiesWriter();
    private final BiConsumer<String, String> put = properties::put;
    private TopicName topic = TopicName.of("");

    /**
     * Encodes a message as it is sent.
     *
     * @param message the message
     * @param queueId its queue in its topic
     * @param nowMs   when it was made
     * @return a record in a buffer of its own
     * @throws io.ternmq.protocol.message.MalformedMessageException when it is too large
     */
    public EncodedMessage of(OutgoingMessage message, int queueId, long nowMs) {
        lookAt(message.message().topic());
        int idIndex = properties.clear().put(PropertyNames.UNIQUE_KEY, message.id());
        int idLength = properties.length() - 1 - idIndex; // a separator follows it
        SentProperties.forEachSaid(message.message(), put);
        List<String> keys = message.message().keys();
        long[] keyHashes = new long[keys.size() + 1];
        keyHashes[0] = KeyHash.of(topic.keySeed(), properties.buffer(), idIndex, idLength);
        for (int i = 1; i < keyHashes.length; i++) {
            keyHashes[i] = KeyHash.of(topic.text(), keys.get(i - 1));
        }
        return encoded(message, queueId, nowMs, keyHashes);
    }

    /**
     * Encodes a message with other properties than it was sent with, or one that waits somewhere else before it gets to its topic.
     *
     * @param message the message
     * @param where   where the record lies
     * @param nowMs   when it was made
     * @param noted   the properties
     * @return a record in a buffer of its own, which no key finds
     * @throws io.ternmq.protocol.message.MalformedMessageException when it is too large
     */
    public EncodedMessage noted(OutgoingMessage message, Partition where, long nowMs, Map<String, String> noted) {
        lookAt(where.topic());
        properties.clear();
        noted.forEach(put);
        return encoded(message, where.id(), nowMs, NOT_FOUND_BY_KEY);
    }

    /** Most messages of a thread go to the same topic as the one before. */
    private void lookAt(String name) {
        if (!topic.text().equals(name)) {
            topic = TopicName.of(name);
        }
    }

    private EncodedMessage encoded(OutgoingMessage message, int queueId, long nowMs, long[] keyHashes) {
        body.wrap(message.body());
        fields.clear()
                .topic(topic.bytes())
                .queueId(queueId)
                .bornTimestamp(nowMs)
                .bornHost(HOST)
                .storeHost(HOST)
                .body(body, 0, body.capacity())
                .properties(properties.buffer(), 0, properties.length());
        UnsafeBuffer record = new UnsafeBuffer(new byte[encoder.encodedLength(fields)]);
        int length = encoder.encode(fields, record, 0);
        Optional<String> tag = message.message().tag();
        return new EncodedMessage(record, 0, length, tag.isPresent() ? TagHash.of(tag.get()) : 0, keyHashes);
    }

    /**
     * A topic as records and key hashes need it.
     *
     * @param text    its name
     * @param bytes   the same in UTF-8
     * @param keySeed what the hashes of its keys begin with
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record TopicName(String text, byte[] bytes, long keySeed) {

        static TopicName of(String name) {
            return new TopicName(name, name.getBytes(StandardCharsets.UTF_8), KeyHash.topicSeed(name));
        }
    }
}
