package io.ternmq.broker.record;

/** How a group stands in a queue from which it takes by lease. It replaces what was noted before. */
public record LeasesNoted(QueueStanding standing) implements LeaseRecord {
    static final int KIND = 25;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public String group() {
        return standing.group();
    }

    @Override
    public void encode(RecordOutput out) {
        standing.encode(out);
    }

    /** Reads what {@link #encode} wrote. */
    public static LeasesNoted decode(RecordInput in) {
        return new LeasesNoted(QueueStanding.decode(in));
    }
}
