package io.ternmq.broker.record;

/**
 * From now on messages of a queue up to a mark may be handed out to a group by lease. After a crash those that were not
 * noted since are taken to be in somebody's hands.
 *
 * @param handedOut the mark, and as open messages what was handed out before and is handed out again; where nothing was noted
 *     before, the group stands at its next offset
 */
public record HandOutMarked(QueueStanding handedOut) implements LeaseRecord {
    static final int KIND = 26;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public String group() {
        return handedOut.group();
    }

    @Override
    public void encode(RecordOutput out) {
        handedOut.encode(out);
    }

    /** Reads what {@link #encode} wrote. */
    static HandOutMarked decode(RecordInput in) {
        return new HandOutMarked(QueueStanding.decode(in));
    }
}
