package io.ternmq.grpc.pull;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.MessageQueue;
import io.ternmq.broker.catalog.Catalog;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.grpc.call.CallRefused;
import io.ternmq.grpc.convert.NameRules;

/**
 * A queue that a request names.
 *
 * @param topic its topic
 * @param id its number in the topic
 * @param no its number in the shard
 */
record NamedQueue(String topic, int id, int no) {
    /** @throws CallRefused when there is no such queue */
    static NamedQueue of(MessageQueue named, Catalog catalog) {
        String name = NameRules.topic(named.getTopic());
        Topic topic = catalog.topic(name);
        if (topic == null) {
            throw new CallRefused(Code.TOPIC_NOT_FOUND, "the topic '" + name + "' does not exist");
        }
        if (!topic.hasQueue(named.getId())) {
            throw new CallRefused(
                    Code.BAD_REQUEST,
                    "queue: " + named.getId() + " (expected: 0.." + (topic.queueCount() - 1) + " of '" + name + "')");
        }
        return new NamedQueue(name, named.getId(), topic.queueNo(named.getId()));
    }
}
