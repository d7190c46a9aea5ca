/**
 * Who is there: the clients that send and consume at the moment, which groups they belong to and what they subscribe
 * to. Nothing of it is kept: members say it again with every heartbeat. It belongs to the process, not to a shard.
 *
 * <p>Start at {@link io.ternmq.broker.member.Membership}. Ways in tell it of heartbeats and of lost connections; it
 * tells members, through their {@link io.ternmq.broker.member.Connection}, when their group has changed.
 */
@NullMarked
package io.ternmq.broker.member;

import org.jspecify.annotations.NullMarked;
