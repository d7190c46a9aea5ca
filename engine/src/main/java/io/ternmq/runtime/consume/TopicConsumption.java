package io.ternmq.runtime.consume;

import java.util.concurrent.CompletableFuture;

/** One topic of a member that consumes. Thread-safe. */
interface TopicConsumption {

    /** Begins, or goes on after {@link #pause}. */
    void resume();

    /** Takes nothing more for now. */
    void pause();

    /** Takes nothing more; gives back what was not begun. @return completes when no handler runs any more */
    CompletableFuture<Void> stop();

    /** Nobody waits any longer for handlers that still run: their messages are for others. */
    default void abandon() {}
}
