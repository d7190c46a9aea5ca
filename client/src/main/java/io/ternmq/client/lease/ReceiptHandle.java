package io.ternmq.client.lease;

/**
 * By this a server knows a message that it has handed out. Clients make the text themselves out of an answer's fields:
 * <pre>
 *   startOffset popTimeMs invisibleMs reviveQueueId mark brokerName queueId offset
 * </pre>
 * with one space between the words.
 *
 * @param startOffset   the first offset of that queue in the answer
 * @param popTimeMs     when the message was handed out or last renewed, by the server's clock
 * @param invisibleMs   for how long
 * @param reviveQueueId a number of the server's own
 * @param mark          whose queue it is: {@link #OF_TOPIC}, {@link #OF_RETRY_TOPIC} or {@link #OF_RETRY_TOPIC_V2}
 * @param broker        the broker that has the queue
 * @param queueId       its number
 * @param offset        the message's number in the queue
 */
record ReceiptHandle(
        long startOffset,
        long popTimeMs,
        long invisibleMs,
        int reviveQueueId,
        char mark,
        String broker,
        int queueId,
        long offset) {

    static final char OF_TOPIC = '0';
    static final char OF_RETRY_TOPIC = '1';
    static final char OF_RETRY_TOPIC_V2 = '2';

    private static final String RETRY_PREFIX = "%RETRY%";
    private static final int WORDS = 8;

    /** What the clients write for queues of that topic. */
    static char markOf(String topic) {
        if (!topic.startsWith(RETRY_PREFIX)) {
            return OF_TOPIC;
        }
        return topic.indexOf('+') < 0 ? OF_RETRY_TOPIC : OF_RETRY_TOPIC_V2;
    }

    /** @throws IllegalArgumentException when the text is no handle */
    static ReceiptHandle parse(String text) {
        String[] words = text.split(" ", -1);
        if (words.length < WORDS || words[4].length() != 1) {
            throw new IllegalArgumentException("handle: '" + text + "' (expected: eight words)");
        }
        return new ReceiptHandle(
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Integer.parseInt(words[3]),
                words[4].charAt(0),
                words[5],
                Integer.parseInt(words[6]),
                Long.parseLong(words[7]));
    }

    String encode() {
        return startOffset + " " + popTimeMs + ' ' + invisibleMs + ' ' + reviveQueueId + ' ' + mark + ' ' + broker + ' '
                + queueId + ' ' + offset;
    }

    /** The topic whose queue it is: messages that come back to a group wait in a topic of the group. */
    String realTopic(String topic, String group) {
        return switch (mark) {
            case OF_RETRY_TOPIC -> RETRY_PREFIX + group + '_' + topic;
            case OF_RETRY_TOPIC_V2 -> RETRY_PREFIX + group + '+' + topic;
            default -> topic;
        };
    }

    /** The handle after the lease was given another deadline. */
    ReceiptHandle renewed(long newPopTimeMs, long newInvisibleMs, int newReviveQueueId) {
        return new ReceiptHandle(offset, newPopTimeMs, newInvisibleMs, newReviveQueueId, mark, broker, queueId, offset);
    }
}
