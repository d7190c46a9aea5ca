package io.ternmq.remoting.lease;

import io.ternmq.broker.catalog.Names;
import io.ternmq.protocol.remoting.ReceiptHandle;

/** Clients name a topic of their own for a message that came through the retry topic; here a group has one retry topic. */
final class RetryTopics {
    private RetryTopics() {}

    /** @return which mark the clients give to queues of that topic */
    static char markOf(String topic) {
        return Names.isRetryTopic(topic) ? ReceiptHandle.OF_RETRY_TOPIC : ReceiptHandle.OF_TOPIC;
    }

    /**
     * @param topic as the client names it
     * @return whose queue it is
     */
    static String realTopic(char mark, String topic, String group) {
        return mark == ReceiptHandle.OF_TOPIC ? topic : Names.retryTopic(group);
    }
}
