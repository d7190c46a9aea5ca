package io.ternmq.broker.record;

import java.util.ArrayList;
import java.util.List;

/** Producers are asked about half messages now: how often that makes, and when they are asked again. */
public record HalfChecked(List<HalfCheck> checks) implements HalfMessageChange {
    static final int KIND = 17;
    private static final int ROW_BYTES = 2 * Long.BYTES + Integer.BYTES;

    /** Copies the list. */
    public HalfChecked {
        checks = List.copyOf(checks);
    }

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        out.intValue(checks.size());
        for (HalfCheck row : checks) {
            out.longValue(row.id()).intValue(row.checks()).longValue(row.nextCheckMs());
        }
    }

    /** Reads what {@link #encode} wrote. */
    public static HalfChecked decode(RecordInput in) {
        int count = in.count(ROW_BYTES);
        List<HalfCheck> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(new HalfCheck(in.longValue(), in.intValue(), in.longValue()));
        }
        return new HalfChecked(rows);
    }
}
