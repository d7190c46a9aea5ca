package io.ternmq.broker.delivery;

import io.ternmq.broker.catalog.Topic;
import io.ternmq.log.index.QueueIndex;

/**
 * How many queues of a topic consumers must read: those it is set to, and beyond them up to the last one that still holds
 * messages. So a topic that is given fewer queues is drained, and what went into a queue that was taken away is not lost.
 * Thread-safe.
 */
public final class ReadableQueues {
    private final QueueIndex queues;

    /** @param queues what each queue holds */
    public ReadableQueues(QueueIndex queues) {
        this.queues = queues;
    }

    /** @return how many of the topic's queues are to be read, from queue 0 on */
    public int count(Topic topic) {
        int count = topic.queueCount();
        while (count > topic.config().readQueues() && isEmpty(topic.queueNo(count - 1))) {
            count--;
        }
        return count;
    }

    private boolean isEmpty(int queueNo) {
        return queues.minOffset(queueNo) >= queues.maxOffset(queueNo);
    }
}
