package io.ternmq.broker.record;

/**
 * A topic is gone, its messages and its groups' progress on it with it. It names its queues, because a replay may begin
 * where the topic is forgotten already but its index blocks are not.
 */
@SuppressWarnings("ArrayRecordComponent") // written once, read by apply; never compared
public record TopicDeleted(String topic, int[] queueNos) implements ControlRecord {
    static final int KIND = 2;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        out.string(topic).ints(queueNos);
    }

    /** Reads what {@link #encode} wrote. */
    public static TopicDeleted decode(RecordInput in) {
        return new TopicDeleted(in.string(), in.ints());
    }
}
