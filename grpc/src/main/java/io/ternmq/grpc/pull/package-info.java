/**
 * Messages by offset: read from where the client says, and how far groups and queues are.
 *
 * <pre>
 *   pull ──► the queue is asked for, if the client shares its group's queues ──► read ─┬─ messages ──► answer
 *                                                                   ▲                └─ none: waits as an object of the shard
 *                                                                   └──────────────────────────────────┘
 * </pre>
 *
 * Start at {@link io.ternmq.grpc.pull.PullHandler}.
 */
@NullMarked
package io.ternmq.grpc.pull;

import org.jspecify.annotations.NullMarked;
