package io.ternmq.broker.record;

/** Delayed messages of a level before this offset have been delivered, in the same entry as their copies. */
public record DelayCursorMoved(int level, long offset) implements ControlRecord {
    static final int KIND = 7;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        out.intValue(level).longValue(offset);
    }
}
