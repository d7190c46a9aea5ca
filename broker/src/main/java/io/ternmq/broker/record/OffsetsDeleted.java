package io.ternmq.broker.record;

/** A group's progress is forgotten: on one topic, or on all where the topic is empty. */
public record OffsetsDeleted(String group, String topic) implements ControlRecord {
    static final int KIND = 6;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        out.string(group).string(topic);
    }
}
