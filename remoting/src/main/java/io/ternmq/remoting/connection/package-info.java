/**
 * Connections: bytes to requests, answers to bytes, and every limit in between. Knows no request by name.
 *
 * <pre>
 *   socket → frame decoder → ConnectionHandler → Dispatcher → RequestHandler ──► shard, readers
 *   socket ← ClientConnection (one buffer, one flush) ← Exchange.reply ◄── CommittedReplies (one task a loop and batch)
 * </pre>
 *
 * <p>A connection and everything that hangs on it belongs to one event loop ({@link
 * io.ternmq.remoting.connection.LoopContext}); other threads reach it by {@link
 * io.ternmq.broker.access.LoopReplies} or by running a task in that loop. Start at {@link
 * io.ternmq.remoting.connection.ClientConnection}.
 */
@NullMarked
package io.ternmq.remoting.connection;

import org.jspecify.annotations.NullMarked;
