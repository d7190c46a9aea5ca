/**
 * Messages on their way out, by lease: taken, read and sent, acknowledged, kept for longer, given up.
 *
 * <pre>
 *   receive (waits as an object of the shard) ──► read, here or on a reader thread ──► answer, message by message
 *                                                  │ filtered, gone ──► acknowledged
 *                                                  │ nobody there, does not read ──► taken back
 * </pre>
 *
 * Start at {@link io.ternmq.grpc.receive.ReceiveHandler}.
 */
@NullMarked
package io.ternmq.grpc.receive;

import org.jspecify.annotations.NullMarked;
