package io.ternmq.broker.record;

/**
 * No timer waits any more in a part of a slot's queue: each was delivered or cancelled, or the same entry has a copy of
 * it elsewhere.
 *
 * @param slot the queue's id in the topic of timers
 * @param from the first offset of the part
 * @param to the offset behind it
 */
public record TimersMoved(int slot, long from, long to) implements TimerRecord {
    static final int KIND = 22;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        out.intValue(slot).longValue(from).longValue(to);
    }
}
