package io.ternmq.server.client;

/**
 * How far a group is in one queue.
 *
 * @param topic          of the queue
 * @param brokerName     of the queue
 * @param queueId        of the queue
 * @param endOffset      the queue's end
 * @param consumerOffset the next message for the group
 */
public record GroupProgress(String topic, String brokerName, int queueId, long endOffset, long consumerOffset) {

    /**
     * How many messages are ahead of the group.
     *
     * @return 0 or more
     */
    public long lag() {
        return Math.max(0, endOffset - consumerOffset);
    }
}
