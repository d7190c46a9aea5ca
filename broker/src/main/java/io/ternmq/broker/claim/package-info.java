/**
 * To whom a queue belongs for one group: to a member that reads it by offset, or to those who take from it by lease, never to both.
 *
 * <pre>
 *             a member pulls                      somebody takes by lease
 *   BY OFFSET ◄──────────────────────  FREE  ──────────────────────► LEASED
 *       │     left, or silent for so long ▲ ▲  nobody takes any more    │
 *       └─────────────────────────────────┘ └───────────────────────────┘
 * </pre>
 *
 * Nothing of it is kept: after a restart whoever comes first has the queue. Pulls look at a claim where they are handled, without the
 * shard; only the shard makes claims and gives them to the other side. Start at {@link io.ternmq.broker.claim.QueueClaim}.
 */
@NullMarked
package io.ternmq.broker.claim;

import org.jspecify.annotations.NullMarked;
