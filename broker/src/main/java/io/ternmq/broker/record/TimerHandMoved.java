package io.ternmq.broker.record;

/** Everything due before this second was delivered. {@code second} counts from 1970. */
public record TimerHandMoved(long second) implements TimerRecord {
    static final int KIND = 23;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        out.longValue(second);
    }
}
