/**
 * Messages on their way to a broker.
 *
 * <pre>
 *   Sender ──► PlainSend ──► Connection ──┬─ alone ──► SEND_MESSAGE_V2
 *              HalfSend                   └─ those of one partition that wait together: SendBundle ──► SEND_BATCH_MESSAGE
 * </pre>
 *
 * Start at {@link io.ternmq.client.send.Sender}.
 */
@NullMarked
package io.ternmq.client.send;

import org.jspecify.annotations.NullMarked;
