package io.ternmq.broker.record;

/** The next offset that a group will consume of a queue. */
public record CommittedOffset(String group, String topic, int queueId, long offset) {}
