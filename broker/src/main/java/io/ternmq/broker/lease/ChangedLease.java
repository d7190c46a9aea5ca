package io.ternmq.broker.lease;

/**
 * What came of changing a lease.
 *
 * @param answer {@link LeaseAnswer#DONE} when it has a new deadline
 * @param popTimeMs its new pop time; 0 when it was not changed
 */
public record ChangedLease(LeaseAnswer answer, long popTimeMs) {}
