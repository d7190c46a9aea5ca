package io.ternmq.broker.delay;

/** Hears of a delayed message that cannot be delivered: its topic or queue is no more. */
@FunctionalInterface
public interface DroppedMessage {
    /** Called on the shard thread; must return quickly. */
    void dropped(String topic, int queueId);
}
