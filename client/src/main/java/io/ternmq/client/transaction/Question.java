package io.ternmq.client.transaction;

/**
 * Names a half message to its broker.
 *
 * @param producerGroup who may decide
 * @param topic         where it will be seen
 * @param position      where it waits in the log
 * @param offset        where it waits in the queue of half messages
 * @param id            its own
 * @param transactionId the broker's name for the transaction, or empty
 */
record Question(String producerGroup, String topic, long position, long offset, String id, String transactionId) {}
