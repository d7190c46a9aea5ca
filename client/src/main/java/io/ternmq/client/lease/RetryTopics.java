package io.ternmq.client.lease;

import io.ternmq.protocol.remoting.ReceiptHandle;

/** What comes back to a group waits in a topic of the group's and the topic's names. Brokers of two generations join the two differently. */
final class RetryTopics {

    private static final String PREFIX = "%RETRY%";

    private RetryTopics() {}

    /** What the clients write into handles for queues of that topic. */
    static char markOf(String topic) {
        if (!topic.startsWith(PREFIX)) {
            return ReceiptHandle.OF_TOPIC;
        }
        return topic.indexOf('+') < 0 ? ReceiptHandle.OF_RETRY_TOPIC : ReceiptHandle.OF_RETRY_TOPIC_V2;
    }

    /** The topic whose queue it is. */
    static String realTopic(char mark, String topic, String group) {
        return switch (mark) {
            case ReceiptHandle.OF_RETRY_TOPIC -> PREFIX + group + '_' + topic;
            case ReceiptHandle.OF_RETRY_TOPIC_V2 -> PREFIX + group + '+' + topic;
            default -> topic;
        };
    }
}
