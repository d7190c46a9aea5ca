package io.ternmq;

import java.util.List;

/**
 * Chooses the partition of a message. Thread-safe; what it remembers belongs to one producer.
 *
 * @see QueueSelectors
 */
@FunctionalInterface
public interface QueueSelector {

    /**
     * Chooses.
     *
     * @param message    what is to be sent
     * @param partitions those that can be written, in order, at least one. At a second attempt those that failed are missing, as
     *                   long as others are left; unless the message {@linkplain #isBound is bound}
     * @return one of them
     */
    Partition select(Message message, List<Partition> partitions);

    /**
     * Whether a message belongs where it was first sent to, whatever becomes of an attempt. It is then tried again on the same partition, since
     * on another one it would not be in order with those it belongs to.
     *
     * @param message what is to be sent
     * @return true for messages with an ordering group, unless the selector says otherwise
     */
    default boolean isBound(Message message) {
        return message.orderingGroup().isPresent();
    }

    /**
     * Learns how a send went, in order to avoid what is slow.
     *
     * @param partition where it went
     * @param nanos     how long it took
     * @param failed    whether it failed
     */
    default void sent(Partition partition, long nanos, boolean failed) {}
}
