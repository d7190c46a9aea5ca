package io.ternmq.broker.record;

import java.util.List;

/**
 * From now on messages of a queue up to a mark may be handed out to a group by lease. After a crash those that were not
 * noted since are taken to be in somebody's hands.
 *
 * @param nextOffset the first offset that was never handed out, before this
 * @param markOffset behind the last offset that may be handed out
 * @param invisibleMs how long a message stays out of sight for the others, at most
 * @param again what was handed out before and is now handed out again
 */
public record HandOutMarked(
        String group,
        String topic,
        int queueId,
        long nextOffset,
        long markOffset,
        long invisibleMs,
        List<OpenMessage> again)
        implements LeaseRecord {
    static final int KIND = 26;

    /** Copies the list. */
    public HandOutMarked {
        again = List.copyOf(again);
    }

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        out.string(group).string(topic).intValue(queueId);
        out.longValue(nextOffset).longValue(markOffset).longValue(invisibleMs);
        OpenMessage.encodeAll(again, out);
    }

    /** Reads what {@link #encode} wrote. */
    static HandOutMarked decode(RecordInput in) {
        return new HandOutMarked(
                in.string(),
                in.string(),
                in.intValue(),
                in.longValue(),
                in.longValue(),
                in.longValue(),
                OpenMessage.decodeAll(in));
    }
}
