package io.ternmq.broker.record;

/** What a group holds of a queue is forgotten: somebody decided where the group goes on. */
public record LeasesForgotten(String group, String topic, int queueId) implements LeaseRecord {
    static final int KIND = 27;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        out.string(group).string(topic).intValue(queueId);
    }

    /** Reads what {@link #encode} wrote. */
    static LeasesForgotten decode(RecordInput in) {
        return new LeasesForgotten(in.string(), in.string(), in.intValue());
    }
}
