package io.ternmq.broker.transaction;

import io.ternmq.broker.record.HalfMessage;

/** Asks producers what became of their transactions. They answer, if at all, by ending it. */
@FunctionalInterface
public interface TransactionQuestion {
    /** Asks nobody: the question counts, and the next one comes after the interval. */
    TransactionQuestion UNASKED = half -> {};

    /**
     * Asks one producer of the half message's group, another one each time where there are several.
     * Called on the shard thread; must return at once and must not throw.
     */
    void ask(HalfMessage half);
}
