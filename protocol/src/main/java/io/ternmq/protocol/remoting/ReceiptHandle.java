package io.ternmq.protocol.remoting;

import org.jspecify.annotations.Nullable;

/**
 * By this a client names a message that it got by lease. Clients make the text themselves out of an answer's fields, and call it {@code extraInfo} or
 * {@code POP_CK}:
 * <pre>
 *   startOffset popTimeMs invisibleMs reviveQueueId mark brokerName queueId offset
 * </pre>
 * with one space between the words. Words that follow have no meaning here.
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
public record ReceiptHandle(
        long startOffset,
        long popTimeMs,
        long invisibleMs,
        int reviveQueueId,
        char mark,
        String broker,
        int queueId,
        long offset) {

    /** The queue is one of the topic that was asked for. */
    public static final char OF_TOPIC = '0';
    /** The queue is one of a topic for what came back to the group. */
    public static final char OF_RETRY_TOPIC = '1';
    /** The same, in the way of clients that name such topics otherwise. */
    public static final char OF_RETRY_TOPIC_V2 = '2';

    /** How a handle looks, for those who sent none. */
    public static final String EXPECTED = "startOffset popTime invisibleTime reviveQid mark brokerName queueId offset";

    private static final String SEPARATOR = " ";
    private static final int WORDS = 8;

    /**
     * Reads a handle.
     *
     * @param text as {@link #encode} writes it, perhaps with more words
     * @return null when it is none
     */
    public static @Nullable ReceiptHandle parse(String text) {
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
     * Writes the handle.
     *
     * @return the text that clients know
     */
    public String encode() {
        return startOffset + " " + popTimeMs + ' ' + invisibleMs + ' ' + reviveQueueId + ' ' + mark + ' ' + broker + ' '
                + queueId + ' ' + offset;
    }

    /**
     * The handle after the lease was given another deadline.
     *
     * @param newPopTimeMs     when that was
     * @param newInvisibleMs   for how long
     * @param newReviveQueueId the server's number now
     * @return names the same message
     */
    public ReceiptHandle renewed(long newPopTimeMs, long newInvisibleMs, int newReviveQueueId) {
        return new ReceiptHandle(offset, newPopTimeMs, newInvisibleMs, newReviveQueueId, mark, broker, queueId, offset);
    }
}
