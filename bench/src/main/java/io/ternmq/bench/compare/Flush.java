package io.ternmq.bench.compare;

/** When a server acknowledges a message. */
enum Flush {
    /** Before it is on the disk. */
    ASYNC,
    /** After. */
    SYNC
}
