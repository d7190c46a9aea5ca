package io.ternmq.server.client;

import java.util.Map;

/**
 * A message to be sent.
 *
 * @param topic      where to
 * @param properties tag, keys, delay level and whatever the sender wants to note, by RocketMQ's names
 * @param body       at least one byte; not copied
 * @param flag       what the sending application puts there
 * @param sysFlag    how the body is compressed, as RocketMQ's bits say it; 0 when it is not
 */
@SuppressWarnings("ArrayRecordComponent") // messages are sent, never compared
public record OutgoingMessage(String topic, Map<String, String> properties, byte[] body, int flag, int sysFlag) {
    /**
     * A message whose body is not compressed.
     *
     * @param topic      where to
     * @param properties by RocketMQ's names; a unique key among them is kept
     * @param body       at least one byte; not copied
     */
    public OutgoingMessage(String topic, Map<String, String> properties, byte[] body) {
        this(topic, properties, body, 0, 0);
    }
}
