package io.ternmq.broker.command;

/**
 * Hears what became of a command; exactly one of its methods is called, once, on the shard thread. It must return
 * quickly and must not throw.
 */
public interface Outcome<T> {
    /** What was decided is committed. */
    void committed(T result);

    /** Nothing was changed; {@code detail} names the thing, its value and what was expected. */
    void refused(Refusal refusal, String detail);
}
