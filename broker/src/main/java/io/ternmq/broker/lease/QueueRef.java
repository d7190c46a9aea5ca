package io.ternmq.broker.lease;

/** A queue as a group sees it. */
public record QueueRef(String group, String topic, int queueId) {}
