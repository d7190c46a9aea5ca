package io.ternmq.broker.record;

/**
 * From now on messages of a queue up to a mark may be handed out to a group by lease. After a crash those that were not
 * noted since are taken to be in somebody's hands.
 *
 * @param nextOffset the first offset that was never handed out, before this
 * @param markOffset behind the last offset that may be handed out
 * @param invisibleMs how long a message stays out of sight for the others, at most
 */
public record HandOutMarked(String group, String topic, int queueId, long nextOffset, long markOffset, long invisibleMs)
        implements LeaseRecord {
    static final int KIND = 26;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        out.string(group).string(topic).intValue(queueId);
        out.longValue(nextOffset).longValue(markOffset).longValue(invisibleMs);
    }

    /** Reads what {@link #encode} wrote. */
    static HandOutMarked decode(RecordInput in) {
        return new HandOutMarked(
                in.string(), in.string(), in.intValue(), in.longValue(), in.longValue(), in.longValue());
    }
}
