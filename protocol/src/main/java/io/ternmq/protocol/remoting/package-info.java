/**
 * RocketMQ's remoting frames: bytes of a connection to requests and responses, and back.
 *
 * <pre>
 *   ByteBuf ── RemotingFrameDecoder ──► RemotingFrame ── SendRequest, PullRequest, or get(name) ──► a command
 *   an answer ── RemotingFrameEncoder ──► ByteBuf
 * </pre>
 *
 * The header of a frame is JSON or binary, as the client chooses; the answer is written in the request's way. Only this
 * package knows Netty's buffers. Start at {@link io.ternmq.protocol.remoting.RemotingFrameDecoder}: the picture of a frame.
 */
@NullMarked
package io.ternmq.protocol.remoting;

import org.jspecify.annotations.NullMarked;
