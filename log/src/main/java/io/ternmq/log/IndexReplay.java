package io.ternmq.log;

import io.ternmq.log.index.IndexMismatchException;
import io.ternmq.log.index.QueueIndex;
import java.io.IOException;

/**
 * Puts the messages of entries into the indexes while the log is opened. When an index contradicts the log, the log is
 * right: the index gets nothing more and is made anew.
 */
final class IndexReplay {
    private final Indexes indexes;
    private final long[] keyHashes = new long[EntryLayout.KEYS_MAX];
    private boolean mismatched;

    IndexReplay(Indexes indexes) {
        this.indexes = indexes;
    }

    boolean mismatched() {
        return mismatched;
    }

    /** The indexes are new. */
    void begin() {
        mismatched = false;
    }

    /** Puts the current row's message, or a hole, into the indexes; of a moved one its new place. */
    void message(EntryView entry, boolean good) {
        if (mismatched) {
            return;
        }
        try {
            if (entry.kind() == RecordKind.MESSAGE) {
                put(entry, good);
            } else if (good) {
                move(entry);
            }
        } catch (IndexMismatchException e) {
            mismatched = true;
        }
    }

    private void put(EntryView entry, boolean good) {
        long position = entry.recordPosition();
        for (int i = 0; i < entry.destinationCount(); i++) {
            int queueNo = entry.queueNo(i);
            long offset = entry.queueOffset(i);
            int size = good ? entry.recordBytes() : 0;
            fillLongGap(queueNo, offset, position);
            indexes.queues().appendReplayed(queueNo, offset, position, size, entry.recordChecksum(), entry.tagHash(i));
        }
        putKeys(entry, good ? entry.keyCount() : 0);
    }

    private void move(EntryView entry) {
        long position = entry.recordPosition();
        for (int i = 0; i < entry.destinationCount(); i++) {
            indexes.queues()
                    .moveReplayed(
                            entry.queueNo(i),
                            entry.queueOffset(i),
                            position,
                            entry.recordBytes(),
                            entry.recordChecksum(),
                            entry.tagHash(i));
        }
        putKeys(entry, entry.keyCount());
    }

    private void putKeys(EntryView entry, int keyCount) {
        for (int i = 0; i < keyCount; i++) {
            keyHashes[i] = entry.keyHash(i);
        }
        indexes.keys().append(keyHashes, keyCount, entry.recordPosition(), entry.timeMs());
    }

    /** The index takes a jump of many offsets for a contradiction; the log knows that it is damage, and makes the holes in steps. */
    private void fillLongGap(int queueNo, long offset, long position) {
        QueueIndex queues = indexes.queues();
        long next = queues.nextOffset(queueNo);
        while (next > 0 && offset - next > QueueIndex.HOLES_MAX) {
            next += QueueIndex.HOLES_MAX;
            queues.appendReplayed(queueNo, next - 1, position, 0, 0, 0);
        }
    }

    /** Walks good entries between two positions; control records are in the restored state already. */
    void run(FoundSegments segments, EntryScan scan, long from, long end) throws IOException {
        long position = segments.resync(scan, from);
        while (position != EntryScan.NOT_FOUND && position < end && !mismatched) {
            EntryView entry = scan.entry();
            entry.beginRows();
            while (entry.nextRow()) {
                if (RecordKind.isMessage(entry.kind())) {
                    message(entry, true); // records are checked when they are read
                }
            }
            position = segments.resync(scan, entry.next().position());
        }
    }
}
