package io.ternmq.broker.access;

import io.ternmq.log.ReadScratch;

/** Work that reads the log. */
@FunctionalInterface
public interface ReadTask {
    /** Runs on a reader thread, whose scratch it may use. */
    void run(ReadScratch scratch);
}
