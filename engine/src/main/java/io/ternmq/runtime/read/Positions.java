package io.ternmq.runtime.read;

import io.ternmq.Partition;
import java.util.concurrent.CompletableFuture;

/** Where reading begins, and where it has come to is kept. Thread-safe. */
public interface Positions {

    /**
     * Where to begin.
     *
     * @param partition in which partition
     * @return an offset
     */
    CompletableFuture<Long> begin(Partition partition);

    /**
     * Reading has come further, or gone elsewhere.
     *
     * @param partition in which partition
     * @param offset    what is read next
     */
    void moved(Partition partition, long offset);

    /**
     * Keeps what {@link #moved} said.
     *
     * @return completes when it is kept
     */
    CompletableFuture<Void> keep();
}
