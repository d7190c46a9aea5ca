package io.ternmq.broker.access;

/**
 * What comes into being because a client used it.
 *
 * @param topics whether a send makes its topic
 * @param groups whether a consumer makes its group
 */
public record CreationRules(boolean topics, boolean groups) {}
