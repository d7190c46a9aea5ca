package io.ternmq.bench.compare;

import io.ternmq.bench.measure.ProcessGroup;

/** A server that runs. Closing it stops all its processes. */
interface Server extends AutoCloseable {
    ProcessGroup processes();

    /** When its first process was started, in milliseconds since 1970. */
    long startMs();

    /** Ends it at once, as a crash would. */
    void kill() throws InterruptedException;

    @Override
    void close();
}
