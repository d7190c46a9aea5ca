package io.ternmq.broker.lease;

/**
 * Messages of one queue that were handed out together.
 *
 * @param topic the queue's topic: the one asked for, or the group's retry topic
 * @param queueId the queue of that topic
 * @param queueNo the shard's number of it
 * @param offsets of the messages, ascending; not to be changed
 * @param attempts how often each was handed out, counted with this time; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record TakenMessages(String topic, int queueId, int queueNo, long[] offsets, int[] attempts) {}
