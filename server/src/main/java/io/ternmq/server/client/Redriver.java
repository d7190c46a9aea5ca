package io.ternmq.server.client;

import io.ternmq.InvalidRequestException;
import io.ternmq.client.send.Stored;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.message.SysFlag;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends dead letters to the topic that they came from, as if they had never failed. One thread. */
public final class Redriver {

    /** Notes on a message that is sent again which dead letter it was: its offset id. */
    public static final String REDRIVEN_FROM = "REDRIVEN_FROM";

    /** What its failures left on it, and what would keep it from being delivered at once. */
    private static final Set<String> LEFT_BEHIND = Set.of(
            PropertyNames.RETRY_TOPIC,
            PropertyNames.ORIGIN_MESSAGE_ID,
            PropertyNames.DEAD_LETTER_ORIGIN_TOPIC,
            PropertyNames.DEAD_LETTER_ORIGIN_MESSAGE_ID,
            PropertyNames.RECONSUME_TIME,
            PropertyNames.MAX_RECONSUME_TIMES,
            PropertyNames.DELAY_LEVEL,
            PropertyNames.REAL_TOPIC,
            PropertyNames.REAL_QUEUE_ID,
            PropertyNames.TIMER_DELIVER_MS,
            PropertyNames.TIMER_DELAY_SECONDS,
            PropertyNames.TIMER_DELAY_MS,
            PropertyNames.TIMER_OUT_MS,
            PropertyNames.TRANSACTION_PREPARED,
            PropertyNames.FIRST_POP_TIME,
            PropertyNames.POP_CHECK);

    private final Map<String, Optional<MessageSender>> senderByTopic = new HashMap<>();
    private final Servers servers;

    /**
     * Sends nothing yet.
     *
     * @param servers whom to send to
     */
    public Redriver(Servers servers) {
        this.servers = servers;
    }

    /**
     * Looks whether there is a place to send it to.
     *
     * @param dead a dead letter
     * @return why it cannot be sent again; empty when it can
     */
    public Optional<String> obstacle(ReceivedMessage dead) {
        Optional<String> topic = originTopic(dead.properties());
        if (topic.isEmpty()) {
            return Optional.of("it does not say which topic it came from");
        }
        return sender(topic.get()).isPresent()
                ? Optional.empty()
                : Optional.of("topic '" + topic.get() + "' does not exist");
    }

    /**
     * Sends a dead letter to its topic and waits until it is stored there.
     *
     * @param dead one without an {@link #obstacle}
     * @return where it lies now
     * @throws io.ternmq.TernMQException when the server refuses or does not answer; it may be stored all the same
     */
    public Stored redrive(ReceivedMessage dead) {
        String topic = originTopic(dead.properties()).orElse("");
        MessageSender sender =
                sender(topic).orElseThrow(() -> new InvalidRequestException("topic '" + topic + "' does not exist"));
        return sender.send(again(dead, topic));
    }

    static OutgoingMessage again(ReceivedMessage dead, String topic) {
        Map<String, String> properties = new LinkedHashMap<>(dead.properties());
        properties.keySet().removeAll(LEFT_BEHIND);
        properties.put(REDRIVEN_FROM, dead.offsetId());
        int sysFlag = dead.stored().sysFlag() & (SysFlag.COMPRESSED | SysFlag.MULTI_TAGS | SysFlag.COMPRESSION_MASK);
        return new OutgoingMessage(
                topic, properties, dead.stored().body(), dead.stored().flag(), sysFlag);
    }

    static Optional<String> originTopic(Map<String, String> properties) {
        String topic = properties.getOrDefault(
                PropertyNames.DEAD_LETTER_ORIGIN_TOPIC, properties.getOrDefault(PropertyNames.RETRY_TOPIC, ""));
        return topic.isEmpty() ? Optional.empty() : Optional.of(topic);
    }

    private Optional<MessageSender> sender(String topic) {
        Optional<MessageSender> known = senderByTopic.get(topic);
        if (known == null) {
            known = new Topics(servers).find(topic).map(route -> new MessageSender(servers, topic));
            senderByTopic.put(topic, known);
        }
        return known;
    }
}
