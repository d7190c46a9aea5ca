package io.ternmq.server.client;

import io.ternmq.Partition;
import io.ternmq.client.json.JsonObject;

/** A queue as the key of a map in an answer: an object of its own. */
final class QueueKey {

    private QueueKey() {}

    static Partition read(String json) {
        JsonObject queue = JsonObject.read(json);
        return new Partition(queue.text("topic", ""), queue.text("brokerName", ""), (int) queue.number("queueId", 0));
    }
}
