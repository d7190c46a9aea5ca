package io.ternmq.log;

import org.jspecify.annotations.Nullable;

/** Applies the records of entries that are read while the log is opened. Its counts are part of the report. */
final class Replay {
    private final IndexReplay indexes;
    private final LogState state;
    private int damagedRecordCount;
    private int damagedEntryCount;
    private @Nullable String readOnlyReason;

    Replay(IndexReplay indexes, LogState state) {
        this.indexes = indexes;
        this.state = state;
    }

    int damagedRecordCount() {
        return damagedRecordCount;
    }

    int damagedEntryCount() {
        return damagedEntryCount;
    }

    @Nullable
    String readOnlyReason() {
        return readOnlyReason;
    }

    /** An entry cannot be read: what it held is unknown. */
    void entryDamaged(long position, long end) {
        damagedEntryCount++;
        mayHideControlRecords(position, end);
    }

    private void mayHideControlRecords(long position, long end) {
        if (readOnlyReason == null) {
            readOnlyReason = "damage at positions " + position + " to " + end
                    + " of the log may hide changes of topics, groups or offsets; read-only until an operator accepts it";
        }
    }

    /** Applies all records. A damaged message leaves a hole. */
    void entry(EntryScan scan, Damage damage) {
        EntryView entry = scan.entry();
        entry.beginRows();
        while (entry.nextRow()) {
            boolean good = entry.recordIsGood();
            if (!good) {
                damagedRecordCount++;
                damage.report(entry.recordPosition(), entry.recordBytes(), scan.recordProblem());
            }
            if (RecordKind.isMessage(entry.kind())) {
                indexes.message(entry, good);
            } else if (good) {
                control(entry);
            } else {
                mayHideControlRecords(entry.recordPosition(), entry.recordPosition() + entry.recordBytes());
            }
        }
    }

    private void control(EntryView entry) {
        if (entry.kind() == RecordKind.DAMAGE_ACCEPTED) {
            readOnlyReason = null;
        } else if (entry.kind() > RecordKind.OWNER_MAX) {
            throw new UnknownRecordKindException(entry.kind());
        } else {
            int payloadBytes = entry.recordBytes() - ControlRecordLayout.PAYLOAD;
            int payload = entry.recordIndex() + ControlRecordLayout.PAYLOAD;
            state.apply(entry.kind(), entry.buffer(), payload, payloadBytes, entry.recordPosition(), entry.timeMs());
        }
    }
}
