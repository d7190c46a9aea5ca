package io.ternmq;

/** Where a group that never consumed a topic begins. */
public enum StartAt {
    /** With the oldest message there is. The default. */
    EARLIEST,
    /** With what comes from now on. */
    LATEST
}
