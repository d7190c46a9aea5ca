package io.ternmq.server.client;

import java.util.Map;

/**
 * A message to be sent.
 *
 * @param topic      where to
 * @param properties tag, keys, delay level and whatever the sender wants to note, by RocketMQ's names
 * @param body       at least one byte; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // messages are sent, never compared
public record OutgoingMessage(String topic, Map<String, String> properties, byte[] body) {}
