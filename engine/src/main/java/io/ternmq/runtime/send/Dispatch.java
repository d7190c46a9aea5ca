package io.ternmq.runtime.send;

import io.ternmq.Partition;
import java.util.concurrent.CompletableFuture;

/**
 * What is done with a partition once it is chosen.
 *
 * @param <T> what it yields
 */
@FunctionalInterface
public interface Dispatch<T> {

    CompletableFuture<T> to(Partition partition);
}
