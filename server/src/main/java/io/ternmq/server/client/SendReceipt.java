package io.ternmq.server.client;

/**
 * Proof that a message is stored.
 *
 * @param id          the id its sender gave it
 * @param offsetId    the id that says where it lies
 * @param queue       its queue
 * @param queueOffset its number in the queue
 */
public record SendReceipt(String id, String offsetId, QueueRef queue, long queueOffset) {}
