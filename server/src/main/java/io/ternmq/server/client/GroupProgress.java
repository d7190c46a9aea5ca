package io.ternmq.server.client;

import io.ternmq.Partition;

/**
 * How far a group is in one queue.
 *
 * @param queue          which queue
 * @param endOffset      the queue's end
 * @param consumerOffset the next message for the group
 */
public record GroupProgress(Partition queue, long endOffset, long consumerOffset) {

    /**
     * How many messages are ahead of the group.
     *
     * @return 0 or more
     */
    public long lag() {
        return Math.max(0, endOffset - consumerOffset);
    }
}
