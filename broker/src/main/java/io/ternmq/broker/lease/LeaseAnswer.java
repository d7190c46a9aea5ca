package io.ternmq.broker.lease;

/** What was said to somebody who names a lease. */
public enum LeaseAnswer {
    /** Done, now or before. */
    DONE,
    /** The message was given to somebody else since, or its lease has a newer handle. */
    TOO_LATE,
    /** The group never got that message by lease. */
    UNKNOWN
}
