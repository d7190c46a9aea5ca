/**
 * RocketMQ's v5 protocol on gRPC: calls become commands of the shard, what the shard says becomes answers. No rule of
 * messaging lives here.
 *
 * <pre>
 *   socket → TLS or plain → HTTP/2 → call ──► send, receive, client, route, transaction ──► shard, readers
 *   socket ← HTTP/2 ← answer ◄── CommittedReplies (one task a loop and batch)
 * </pre>
 *
 * Everything about a connection runs in its event loop; nothing waits in a thread. Start at {@link
 * io.ternmq.grpc.GrpcServer}.
 */
@NullMarked
package io.ternmq.grpc;

import org.jspecify.annotations.NullMarked;
