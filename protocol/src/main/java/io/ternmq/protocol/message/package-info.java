/**
 * The bytes of a message: what the log keeps, and what RocketMQ clients decode from a pull response, without a
 * conversion between them. Nothing here knows of networks or files; everything reads and writes Agrona buffers.
 *
 * <pre>
 *   send request ── MessageFields ──► MessageRecordEncoder ──► record with holes ── MessageRecordHoles (the log) ──► record
 *   record ──► MessageRecord (flyweight) ──► topic, body, properties (PropertyScanner)
 * </pre>
 *
 * Start at {@link io.ternmq.protocol.message.MessageRecordLayout}: the picture of a record.
 */
@NullMarked
package io.ternmq.protocol.message;

import org.jspecify.annotations.NullMarked;
