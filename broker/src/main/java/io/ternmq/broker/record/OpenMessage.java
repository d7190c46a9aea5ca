package io.ternmq.broker.record;

import java.util.ArrayList;
import java.util.List;

/**
 * A message that was handed out and is not done yet.
 *
 * @param offset its offset in its queue
 * @param attempts how often it was handed out
 * @param visibleMs when it may be handed out again, in milliseconds since 1970; 0 while somebody works on it
 */
public record OpenMessage(long offset, int attempts, long visibleMs) {
    /** What each takes in a record. */
    public static final int BYTES = Long.BYTES + Integer.BYTES + Long.BYTES;

    /** @return whether somebody works on it */
    public boolean isHeld() {
        return visibleMs == 0;
    }

    static void encodeAll(List<OpenMessage> messages, RecordOutput out) {
        out.intValue(messages.size());
        for (OpenMessage message : messages) {
            out.longValue(message.offset).intValue(message.attempts).longValue(message.visibleMs);
        }
    }

    static List<OpenMessage> decodeAll(RecordInput in) {
        int count = in.count(BYTES);
        List<OpenMessage> messages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            messages.add(new OpenMessage(in.longValue(), in.intValue(), in.longValue()));
        }
        return messages;
    }
}
