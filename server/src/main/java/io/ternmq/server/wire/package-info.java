/**
 * RocketMQ's remoting protocol from the asking side, as small and quick to load as a command line wants it: blocking
 * sockets, one reader thread a connection, nothing of Netty.
 *
 * <pre>
 *   Request ──► {@link io.ternmq.server.wire.WireConnection} ──► FrameCodec ──► socket
 *   Frame   ◄── future by its opaque number         ◄── reader thread ◄──┘
 * </pre>
 *
 * Bodies are JSON, but not all of it is JSON as others know it: maps whose keys are numbers without quotes, or whole
 * objects, are normal. {@link io.ternmq.server.wire.JsonReader} reads that too, which is why it exists.
 */
@NullMarked
package io.ternmq.server.wire;

import org.jspecify.annotations.NullMarked;
