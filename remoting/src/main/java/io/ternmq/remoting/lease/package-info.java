/**
 * Consuming by lease, which RocketMQ's clients call POP: requests become commands to {@link
 * io.ternmq.broker.lease.Leases}, and what was handed out is read and sent as it lies in the log.
 *
 * <pre>
 *   take (waits as an object of the shard) ──► read, here or on a reader thread ──► answer
 *                                               │ filtered, gone ──► acknowledged
 *                                               │ without room, nobody there ──► taken back
 *                                               │ a retry of another topic ──► handed over to those who take from it
 * </pre>
 *
 * A client names a message by its {@link io.ternmq.protocol.remoting.ReceiptHandle}. Start at {@link
 * io.ternmq.remoting.lease.PopHandler}.
 */
@NullMarked
package io.ternmq.remoting.lease;

import org.jspecify.annotations.NullMarked;
