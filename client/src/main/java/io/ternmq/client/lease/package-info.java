/**
 * Consuming by lease, RocketMQ's POP: messages are taken for a time, and acknowledged, renewed or given back one by one.
 *
 * <pre>
 *   Leasing.take ──► TopicTaking ──► POP_MESSAGE at each broker of the topic ──► PopAnswer ──► LeasedMessage with a ReceiptHandle
 *   ack          ──► Acknowledge, those that wait together: AcknowledgeBundle
 *   extend, retry, putBack ──► CHANGE_MESSAGE_INVISIBLETIME
 * </pre>
 *
 * Start at {@link io.ternmq.client.lease.Leasing}.
 */
@NullMarked
package io.ternmq.client.lease;

import org.jspecify.annotations.NullMarked;
