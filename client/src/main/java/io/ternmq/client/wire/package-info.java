/**
 * Connections to servers: one for each address, used by all threads, many requests under way at a time.
 *
 * <pre>
 *   any thread                         event loop of the connection
 *   Request ──► Connection.submit ──►  outbox ── Bundle ──► RequestWriter ──► bytes
 *                                      InFlight (opaque → Request, deadlines)
 *   Request.answered / failed  ◄────── ConnectionHandler ◄── RemotingFrame ◄── bytes
 *   PushHandler                ◄──────  (what the server asks)
 * </pre>
 *
 * Start at {@link io.ternmq.client.wire.Connection}.
 */
@NullMarked
package io.ternmq.client.wire;

import org.jspecify.annotations.NullMarked;
