package io.ternmq.grpc.send;

import io.ternmq.broker.catalog.Topic;

/**
 * Which queue a message goes to.
 *
 * @param topic the topic
 * @param queueId one of its queues
 */
record Destination(Topic topic, int queueId) {
    /** @return the shard's number of the queue */
    int queueNo() {
        return topic.queueNo(queueId);
    }
}
