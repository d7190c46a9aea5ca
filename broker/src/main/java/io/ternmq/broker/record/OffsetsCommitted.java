package io.ternmq.broker.record;

import java.util.ArrayList;
import java.util.List;

/** Groups have come this far: what was committed in the last moments, in one record. */
public record OffsetsCommitted(List<CommittedOffset> offsets) implements ControlRecord {
    static final int KIND = 5;
    private static final int ROW_BYTES_MIN = 3 * Integer.BYTES + Long.BYTES;

    /** Copies the list. */
    public OffsetsCommitted {
        offsets = List.copyOf(offsets);
    }

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        out.intValue(offsets.size());
        for (CommittedOffset row : offsets) {
            out.string(row.group()).string(row.topic()).intValue(row.queueId()).longValue(row.offset());
        }
    }

    /** Reads what {@link #encode} wrote. */
    public static OffsetsCommitted decode(RecordInput in) {
        int count = in.count(ROW_BYTES_MIN);
        List<CommittedOffset> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(new CommittedOffset(in.string(), in.string(), in.intValue(), in.longValue()));
        }
        return new OffsetsCommitted(rows);
    }
}
