/**
 * Consuming by lease: the shard hands a message to one member of a group, out of sight of the others until a deadline;
 * acknowledgements come in any order, and what is not acknowledged in time is handed out again, or becomes a dead letter.
 * Nothing moves when a member comes or goes.
 *
 * <pre>
 *   offsets of a queue, as a group sees them:
 *
 *      done          floor                  next                    mark
 *   ─────────────────┴──────────────────────┴───────────────────────┴──────────►
 *                      done, but for the      never handed out;
 *                      open messages          a crash takes them to be in somebody's hands
 *
 *   an open message:   HELD ──deadline──► IN_LINE ──handed out again──► HELD
 *                       │ │                  │
 *                       │ └─tried too often──┼──► EXHAUSTED ──► dead letters
 *                       └───acknowledged─────┴──► CLOSED
 * </pre>
 *
 * Whom a message is for is its {@link io.ternmq.broker.lease.Audience}. In a group without lanes nobody looks. Where a lane is open
 * for the topic ({@link io.ternmq.broker.lease.Lanes}), new messages are read ({@link io.ternmq.broker.lease.Routing}) and put in
 * line, each audience in its own ({@link io.ternmq.broker.lease.Lines}); who asks takes from the lines that are for him just
 * then: a lane's consumer from his lane's, one of the base from the base's and from those of lanes that have nobody. So nothing
 * moves when a lane opens or ends.
 *
 * <p>The floor is the group's committed offset. The open messages are noted in the log once a second ({@link
 * io.ternmq.broker.record.LeasesNoted}), the mark before a hand-out passes it ({@link
 * io.ternmq.broker.record.HandOutMarked}): after a crash at most the last second of acknowledgements is delivered again,
 * and running work is not doubled before its time is over. Start at {@link io.ternmq.broker.lease.Leases}.
 */
@NullMarked
package io.ternmq.broker.lease;

import org.jspecify.annotations.NullMarked;
