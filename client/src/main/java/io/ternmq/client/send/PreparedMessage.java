package io.ternmq.client.send;

import io.ternmq.SendReceipt;

/**
 * A message that waits for a decision.
 *
 * @param receipt       its receipt
 * @param producerGroup who may decide
 * @param position      where it waits in the broker's log
 * @param transactionId the broker's name for the transaction, or empty
 */
public record PreparedMessage(SendReceipt receipt, String producerGroup, long position, String transactionId) {}
