/**
 * What every engine under the API shares. An engine implements {@link io.ternmq.engine.Engine}, which moves messages and knows nothing of
 * handlers; {@code EngineMQ} makes the API of it:
 *
 * <pre>
 *   TernMQ (api)  ◄── EngineMQ ── Sends        partitions, attempts, interceptors, converters
 *                              ├─ Consumption   one member: a TopicLeasing each topic, or a BroadcastReading
 *                              └─ readers, receivers, transactions
 *                                    │
 *                                 Engine        embedded: a shard in this process · client: a server
 * </pre>
 */
@NullMarked
package io.ternmq.engine;

import org.jspecify.annotations.NullMarked;
