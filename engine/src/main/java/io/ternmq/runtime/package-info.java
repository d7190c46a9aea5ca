/**
 * Makes the API of an {@link io.ternmq.engine.Engine}, the same for all of them. Start at {@link io.ternmq.runtime.EngineMQ}.
 *
 * <pre>
 *   TernMQ (api)  ◄── EngineMQ ── send      partitions, attempts, interceptors
 *                              ├─ consume   one member: a TopicLeasing or a PartitionLoop each topic
 *                              └─ read      readers
 *                                    │
 *                                 Engine    embedded: a shard in this process · client: a server
 * </pre>
 */
@NullMarked
package io.ternmq.runtime;

import org.jspecify.annotations.NullMarked;
