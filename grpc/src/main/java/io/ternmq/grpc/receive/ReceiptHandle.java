package io.ternmq.grpc.receive;

import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.lease.LeaseHandle;
import io.ternmq.broker.lease.QueueRef;
import org.jspecify.annotations.Nullable;

/**
 * What a client names a message by that it received. Clients keep it as it is:
 * <pre>
 *   mark.queueId.offset.popTimeMs       numbers in base 36
 * </pre>
 *
 * @param isOfRetryTopic whether the queue is of the group's retry topic, and not of the topic itself
 * @param queueId the queue
 * @param offset the message's number in it
 * @param popTimeMs when it was handed out or last given another deadline
 */
record ReceiptHandle(boolean isOfRetryTopic, int queueId, long offset, long popTimeMs) {
    private static final int RADIX = 36;
    private static final int WORDS = 4;
    private static final String OF_TOPIC = "t";
    private static final String OF_RETRY_TOPIC = "r";
    private static final int CHARS_MAX = 64;

    /** @return the text that clients keep */
    String encode() {
        return (isOfRetryTopic ? OF_RETRY_TOPIC : OF_TOPIC)
                + '.'
                + Integer.toString(queueId, RADIX)
                + '.'
                + Long.toString(offset, RADIX)
                + '.'
                + Long.toString(popTimeMs, RADIX);
    }

    /** @return the handle, or null when the text is none */
    static @Nullable ReceiptHandle decode(String text) {
        String[] words = text.length() > CHARS_MAX ? new String[0] : text.split("\\.", -1);
        if (words.length != WORDS || !(words[0].equals(OF_TOPIC) || words[0].equals(OF_RETRY_TOPIC))) {
            return null;
        }
        try {
            return new ReceiptHandle(
                    words[0].equals(OF_RETRY_TOPIC),
                    Integer.parseInt(words[1], RADIX),
                    Long.parseLong(words[2], RADIX),
                    Long.parseLong(words[3], RADIX));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** @return the lease as the shard knows it */
    LeaseHandle lease(String group, String topic) {
        String of = isOfRetryTopic ? Names.retryTopic(group) : topic;
        return new LeaseHandle(new QueueRef(group, of, queueId), new long[] {offset}, popTimeMs);
    }
}
