package io.ternmq.server.client;

/** Where a group begins in a queue that it never read before. */
public enum StartAt {
    /** At the oldest message that is still there. */
    EARLIEST,
    /** With the next message that comes. */
    LATEST
}
