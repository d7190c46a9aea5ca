package io.ternmq.broker.record;

/**
 * A message that was handed out and is not done yet.
 *
 * @param offset its offset in its queue
 * @param attempts how often it was handed out
 * @param visibleMs when it may be handed out again, in milliseconds since 1970; 0 while somebody works on it
 */
public record OpenMessage(long offset, int attempts, long visibleMs) {
    /** What {@link #encode} writes. */
    static final int BYTES = Long.BYTES + Integer.BYTES + Long.BYTES;

    /** @return whether somebody works on it */
    public boolean isHeld() {
        return visibleMs == 0;
    }

    void encode(RecordOutput out) {
        out.longValue(offset).intValue(attempts).longValue(visibleMs);
    }

    static OpenMessage decode(RecordInput in) {
        return new OpenMessage(in.longValue(), in.intValue(), in.longValue());
    }
}
