package io.ternmq.client.message;

import java.util.Map;

/**
 * What the client needs of a message that it received, to answer it or give it back.
 *
 * @param broker    who has it
 * @param topic     the topic of the record, which may be a retry topic
 * @param queueId   its queue there
 * @param position  where it lies in the broker's log
 * @param reserved  properties that applications do not see
 */
public record Origin(String broker, String topic, int queueId, long position, Map<String, String> reserved) {}
