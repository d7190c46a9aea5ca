package io.ternmq.broker.record;

/**
 * When a half message's producers are asked about it.
 *
 * @param id the half message
 * @param checks how often they were asked, counted with the time that follows at once
 * @param nextCheckMs when they are asked again, in milliseconds since 1970
 */
public record HalfCheck(long id, int checks, long nextCheckMs) {}
