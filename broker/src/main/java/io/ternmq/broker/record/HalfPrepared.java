package io.ternmq.broker.record;

/** A half message was stored, by the same command. */
public record HalfPrepared(HalfMessage message) implements HalfMessageChange {
    static final int KIND = 16;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        message.encode(out);
    }

    /** Reads what {@link #encode} wrote. */
    public static HalfPrepared decode(RecordInput in) {
        return new HalfPrepared(HalfMessage.decode(in));
    }
}
