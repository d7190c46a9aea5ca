package io.ternmq.broker.transaction;

/** Hears of a half message that nobody will see, though its producer never decided on it: it can no longer be read. */
@FunctionalInterface
public interface LostHalfMessage {
    /** Called on the shard thread; must return quickly. */
    void lost(long position, String producerGroup);
}
