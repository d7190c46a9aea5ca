package io.ternmq.broker.record;

/** The log begins here from now on; retention has taken what lies before. */
public record LogTrimmed(long position) implements ControlRecord {
    static final int KIND = 8;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        out.longValue(position);
    }
}
