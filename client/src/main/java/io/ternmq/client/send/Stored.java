package io.ternmq.client.send;

import io.ternmq.SendReceipt;

/**
 * A message is stored, and the server has told where.
 *
 * @param receipt  its receipt
 * @param offsetId names the place where it lies
 */
public record Stored(SendReceipt receipt, String offsetId) {}
