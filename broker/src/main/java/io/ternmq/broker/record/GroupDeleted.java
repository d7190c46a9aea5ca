package io.ternmq.broker.record;

/** A consumer group's settings are gone; its progress goes by {@link OffsetsDeleted}. */
public record GroupDeleted(String group) implements ControlRecord {
    static final int KIND = 4;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        out.string(group);
    }
}
