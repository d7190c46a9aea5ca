package io.ternmq.broker.record;

/**
 * A timer will not be delivered.
 *
 * @param slot the queue's id in the topic of timers
 * @param offset of the timer in that queue
 * @param topic where it would have been delivered
 */
public record TimerCancelled(int slot, long offset, String topic) implements TimerRecord {
    static final int KIND = 24;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        out.intValue(slot).longValue(offset).string(topic);
    }
}
