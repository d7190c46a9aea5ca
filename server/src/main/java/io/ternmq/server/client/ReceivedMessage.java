package io.ternmq.server.client;

import io.netty.buffer.ByteBuf;
import io.ternmq.client.message.Bodies;
import io.ternmq.client.message.RecordReader;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.OffsetMessageId;
import io.ternmq.protocol.message.PropertyNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message as it lies in a queue.
 *
 * @param topic          its topic
 * @param queueId        number of its queue
 * @param queueOffset    its number in the queue
 * @param offsetId       the id that says where it lies
 * @param bornMs         when it was made, by the sender's clock, milliseconds since 1970
 * @param storedMs       when it was stored, by the server's clock, milliseconds since 1970
 * @param reconsumeTimes how often it failed to be consumed
 * @param properties     everything its sender and the server noted on it
 * @param body           as it was sent, decompressed where that is possible here
 * @param stored         what it takes to send it again as it is
 */
@SuppressWarnings("ArrayRecordComponent") // messages are shown, never compared
public record ReceivedMessage(
        String topic,
        int queueId,
        long queueOffset,
        String offsetId,
        long bornMs,
        long storedMs,
        int reconsumeTimes,
        Map<String, String> properties,
        byte[] body,
        Stored stored) {

    /**
     * A message as the server keeps it.
     *
     * @param flag    what the sending application put there
     * @param sysFlag bits that say how the body is compressed, among others
     * @param body    as it is kept, compressed or not
     */
    @SuppressWarnings("ArrayRecordComponent") // sent again, never compared
    public record Stored(int flag, int sysFlag, byte[] body) {}

    /** Takes messages out of an answer. */
    static List<ReceivedMessage> read(String topic, ByteBuf body) {
        return RecordReader.each(topic, body, ReceivedMessage::of);
    }

    /** Copies a record that was checked. */
    static ReceivedMessage of(MessageRecord record) {
        Map<String, String> properties = new LinkedHashMap<>();
        record.forEachProperty(properties::put);
        var stored = new Stored(record.flag(), record.sysFlag(), record.body());
        return new ReceivedMessage(
                record.topic(),
                record.queueId(),
                record.queueOffset(),
                new OffsetMessageId(record.storeHost(), record.position()).encode(),
                record.bornTimestamp(),
                record.storeTimestamp(),
                record.reconsumeTimes(),
                properties,
                Bodies.whole(stored.body(), stored.sysFlag()),
                stored);
    }

    /**
     * The id that its sender gave it.
     *
     * @return the unique key, or the offset id of a message without one
     */
    public String id() {
        return properties.getOrDefault(PropertyNames.UNIQUE_KEY, offsetId);
    }

    /**
     * Where it lies in the log of its broker: no other message ever lies there.
     *
     * @return the position that its offset id names
     */
    public long position() {
        return OffsetMessageId.decode(offsetId).position();
    }

    /**
     * Its tag.
     *
     * @return empty when it has none
     */
    public String tag() {
        return tagged().orElse("");
    }

    Optional<String> tagged() {
        return Optional.ofNullable(properties.get(PropertyNames.TAGS));
    }

    /**
     * Its keys.
     *
     * @return separated by blanks; empty when it has none
     */
    public String keys() {
        return properties.getOrDefault(PropertyNames.KEYS, "");
    }
}
