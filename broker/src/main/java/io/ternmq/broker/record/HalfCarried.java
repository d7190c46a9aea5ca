package io.ternmq.broker.record;

/** A half message was copied to the log's head, by the same command, because retention takes the place where it lay. */
public record HalfCarried(long id, long position) implements HalfMessageChange {
    static final int KIND = 18;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        out.longValue(id).longValue(position);
    }
}
