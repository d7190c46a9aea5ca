package io.ternmq.broker.member;

/**
 * What a heartbeat changed.
 *
 * @param changed a member came, or the group's topics changed
 * @param wantsSubscriptions the client must send its subscriptions in full the next time
 */
public record JoinResult(boolean changed, boolean wantsSubscriptions) {}
