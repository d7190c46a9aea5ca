package io.ternmq.broker.copy;

import io.ternmq.broker.command.Command;
import java.util.function.Consumer;

/** Carries along what outlives its place in the log: copies it to the log's head before retention takes the place. */
@FunctionalInterface
public interface Carrier {
    /**
     * Carries a little. Shard thread only; to be called again, a moment later, until nothing is left.
     *
     * @param before where the log will begin
     * @param executor takes the command that carries
     * @return whether nothing was left to carry, and no command was handed over
     */
    boolean carry(long before, Consumer<Command> executor);
}
