package io.ternmq.embedded.message;

import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.engine.OutgoingMessage;
import io.ternmq.protocol.message.HostAddress;
import io.ternmq.protocol.message.KeyHash;
import io.ternmq.protocol.message.MessageFields;
import io.ternmq.protocol.message.MessageProperties;
import io.ternmq.protocol.message.MessageRecordEncoder;
import io.ternmq.protocol.message.TagHash;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes records of messages, with holes for what only the shard knows. For one thread. */
public final class RecordDraft {

    private static final HostAddress HOST = HostAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    private final MessageFields fields = new MessageFields();
    private final MessageRecordEncoder encoder = new MessageRecordEncoder();
    private final UnsafeBuffer body = new UnsafeBuffer(0, 0);

    /**
     * Encodes a message as it is sent.
     *
     * @param message the message
     * @param to      its topic and queue
     * @param nowMs   when it was made
     * @return a record in a buffer of its own
     * @throws io.ternmq.protocol.message.MalformedMessageException when it is too large
     */
    public EncodedMessage of(OutgoingMessage message, Target to, long nowMs) {
        return of(message, to, nowMs, SentProperties.of(message), true);
    }

    /**
     * Encodes a message that waits somewhere else before it gets to its topic.
     *
     * @param message    the message
     * @param waiting    where it waits
     * @param nowMs      when it was made
     * @param properties what is noted about it
     * @return a record in a buffer of its own
     * @throws io.ternmq.protocol.message.MalformedMessageException when it is too large
     */
    public EncodedMessage waiting(OutgoingMessage message, Target waiting, long nowMs, Map<String, String> properties) {
        return of(message, waiting, nowMs, properties, false);
    }

    private EncodedMessage of(
            OutgoingMessage message, Target to, long nowMs, Map<String, String> properties, boolean isFoundByKey) {
        body.wrap(message.body());
        fields.clear()
                .topic(to.topicBytes())
                .queueId(to.queueId())
                .bornTimestamp(nowMs)
                .bornHost(HOST)
                .storeHost(HOST)
                .body(body, 0, body.capacity())
                .properties(MessageProperties.format(properties));
        UnsafeBuffer record = new UnsafeBuffer(new byte[encoder.encodedLength(fields)]);
        int length = encoder.encode(fields, record, 0);
        return new EncodedMessage(
                record,
                0,
                length,
                TagHash.of(message.message().tag().orElse(null)),
                isFoundByKey ? keyHashes(message) : new long[0]);
    }

    private static long[] keyHashes(OutgoingMessage message) {
        String topic = message.message().topic();
        long[] hashes = new long[message.message().keys().size() + 1];
        hashes[0] = KeyHash.of(topic, message.id());
        for (int i = 1; i < hashes.length; i++) {
            hashes[i] = KeyHash.of(topic, message.message().keys().get(i - 1));
        }
        return hashes;
    }

    /**
     * Where a record lies.
     *
     * @param topic   its topic
     * @param queueId its queue there
     */
    public record Target(String topic, int queueId) {

        byte[] topicBytes() {
            return topic.getBytes(StandardCharsets.UTF_8);
        }
    }
}
