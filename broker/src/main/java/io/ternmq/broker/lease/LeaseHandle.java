package io.ternmq.broker.lease;

/**
 * Names leases that one request took of one queue.
 *
 * @param queue where the messages are
 * @param offsets of the messages; not to be changed
 * @param popTimeMs when they were handed out or last renewed, as the shard has said
 */
@SuppressWarnings("ArrayRecordComponent") // made for one command, never compared
public record LeaseHandle(QueueRef queue, long[] offsets, long popTimeMs) {}
