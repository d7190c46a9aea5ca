/**
 * The engine over the network: {@code tern://host:port[,host:port…]}, where name servers of TernMQ or RocketMQ listen.
 *
 * <pre>
 *   TernProvider ──► ServerEngine ─┬─ send         messages out, batched where they wait together
 *                                  ├─ lease        messages taken, acknowledged, renewed
 *                                  ├─ offset       reading from positions, groups' offsets
 *                                  ├─ member       heartbeats, who is in a group
 *                                  ├─ transaction, reply, admin
 *                                  └─ route        where topics are
 *                                        └─ wire   connections
 * </pre>
 */
@NullMarked
package io.ternmq.client;

import org.jspecify.annotations.NullMarked;
