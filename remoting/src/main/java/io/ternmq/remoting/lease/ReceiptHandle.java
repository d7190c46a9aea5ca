package io.ternmq.remoting.lease;

import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.lease.LeaseHandle;
import io.ternmq.broker.lease.QueueRef;
import org.jspecify.annotations.Nullable;

/**
 * By this a client names a message that it got by lease. Clients make the text themselves out of an answer's fields, and
 * call it {@code extraInfo} or {@code POP_CK}:
 * <pre>
 *   startOffset popTimeMs invisibleMs reviveQueueId mark brokerName queueId offset
 * </pre>
 * with one space between the words. Words that follow have no meaning here.
 *
 * @param startOffset the first offset of that queue in the answer
 * @param popTimeMs when the message was handed out or last renewed
 * @param invisibleMs for how long
 * @param reviveQueueId {@link #UNORDERED} or {@link #ORDERED}
 * @param mark whose queue it is: {@link #OF_TOPIC}, or that of the group's retry topic
 * @param brokerName the broker that has the queue
 * @param queueId its number
 * @param offset the message's number in the queue
 */
record ReceiptHandle(
        long startOffset,
        long popTimeMs,
        long invisibleMs,
        int reviveQueueId,
        char mark,
        String brokerName,
        int queueId,
        long offset) {
    static final char OF_TOPIC = '0';
    static final char OF_RETRY_TOPIC = '1';

    /** Clients of other versions may write that for a retry topic. */
    static final char OF_RETRY_TOPIC_V2 = '2';

    /** Stands where RocketMQ numbers a queue of its own. */
    static final int UNORDERED = 0;
    /** By this number clients know that they consume in order. */
    static final int ORDERED = 999;

    private static final String SEPARATOR = " ";
    private static final int WORDS = 8;

    /** How a handle looks, for those who sent none. */
    static final String EXPECTED = "startOffset popTime invisibleTime reviveQid mark brokerName queueId offset";

    /** @return which mark the clients give to queues of that topic */
    static char markOf(String topic) {
        return Names.isRetryTopic(topic) ? OF_RETRY_TOPIC : OF_TOPIC;
    }

    static int reviveQueueId(boolean ordered) {
        return ordered ? ORDERED : UNORDERED;
    }

    /** @return the text that clients know */
    String encode() {
        return startOffset
                + SEPARATOR
                + popTimeMs
                + SEPARATOR
                + invisibleMs
                + SEPARATOR
                + reviveQueueId
                + SEPARATOR
                + mark
                + SEPARATOR
                + brokerName
                + SEPARATOR
                + queueId
                + SEPARATOR
                + offset;
    }

    /** @return the handle, or null when the text is none */
    static @Nullable ReceiptHandle parse(String text) {
        String[] words = text.split(SEPARATOR, WORDS + 1);
        if (words.length < WORDS || words[4].length() != 1 || words[5].isEmpty()) {
            return null;
        }
        char mark = words[4].charAt(0);
        if (mark < OF_TOPIC || mark > OF_RETRY_TOPIC_V2) {
            return null;
        }
        try {
            return new ReceiptHandle(
                    Long.parseLong(words[0]),
                    Long.parseLong(words[1]),
                    Long.parseLong(words[2]),
                    Integer.parseInt(words[3]),
                    mark,
                    words[5],
                    Integer.parseInt(words[6]),
                    Long.parseLong(words[7]));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /**
     * Clients name a topic of their own for a message that came through the retry topic; here a group has one retry
     * topic.
     *
     * @param topic as the client names it
     * @return whose queue it is
     */
    static String realTopic(char mark, String topic, String group) {
        return mark == OF_TOPIC ? topic : Names.retryTopic(group);
    }

    /** @return the lease as the shard knows it */
    LeaseHandle lease(String group, String topic) {
        QueueRef queue = new QueueRef(group, realTopic(mark, topic, group), queueId);
        return new LeaseHandle(queue, new long[] {offset}, popTimeMs);
    }
}
