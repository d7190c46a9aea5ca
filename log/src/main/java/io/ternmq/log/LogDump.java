package io.ternmq.log;

import io.ternmq.log.storage.LogDirectory;
import io.ternmq.log.storage.OpenMode;
import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * Goes through a log's entries and records as they lie on the disk, damaged ones too, and changes nothing: it takes no
 * lock, so the log may be in use, and then the last entries may be missing. For one thread.
 */
public final class LogDump implements AutoCloseable {
    /** Takes what is found, in the log's order. */
    public interface Visitor {
        /** @return false to stop */
        boolean entry(Entry entry);

        /**
         * Takes a record of the last entry.
         *
         * @param buffer holds the record as it lies on the disk; valid only during the call
         * @return false to stop
         */
        boolean message(Row record, DirectBuffer buffer, int index, int length);

        /**
         * Takes a control record of the last entry.
         *
         * @param buffer holds its payload; valid only during the call
         * @return false to stop
         */
        boolean control(Row record, DirectBuffer buffer, int index, int length);

        /** Bytes that are no good entry; zeros at a segment's end are not reported. @return false to stop */
        boolean damaged(long position, long bytes, String reason);
    }

    /**
     * An entry's header.
     *
     * @param chained whether it continues the entry before it
     */
    public record Entry(
            long position, int bytes, long entryIndex, long term, long timeMs, int recordCount, boolean chained) {}

    /**
     * What an entry's table says of a record; the first destination stands for all there are today.
     *
     * @param kind 0 for a message, 129 for one that was moved
     * @param queueNo of the queue it goes to; -1 for a control record
     * @param queueOffset in that queue; -1 for a control record
     * @param good whether its checksum matches
     */
    public record Row(
            long position, int kind, int queueNo, long queueOffset, int tagHash, int keyCount, boolean good) {}

    /** How often a place is read before it counts as damaged; the log may be in use. */
    private static final int LOOKS_AT_DAMAGE = 20;

    private final FoundSegments segments;
    private final EntryScan scan;

    private LogDump(FoundSegments segments, EntryScan scan) {
        this.segments = segments;
        this.scan = scan;
    }

    /**
     * Opens a log to look at it.
     *
     * @param directory the shard's folder
     */
    public static LogDump open(LogDirectory directory) throws IOException {
        FoundSegments segments = FoundSegments.open(directory.child(CommitLog.SEGMENTS), OpenMode.READ);
        UnreadPages unread = new UnreadPages(UnreadPages.COUNT_MAX);
        return new LogDump(segments, new EntryScan(LogIdProbe.of(segments, 0), unread));
    }

    /** Visits everything from the first entry at or behind a position on. */
    public void visit(long fromPosition, Visitor visitor) throws IOException {
        ChainLink expected = ChainLink.FIRST;
        boolean first = true;
        boolean more = true;
        for (Segment segment : segments.all()) {
            long position = Math.max(fromPosition, segment.begin());
            scan.in(segment);
            while (more && position < segment.end()) {
                long next = position;
                if (!scan.read(position)) {
                    next = firstGood(position, segment, visitor, first);
                    more = next >= 0;
                    next = Math.abs(next);
                }
                if (more && next < segment.end()) {
                    more = visit(scan.entry(), first || scan.entry().continues(expected), visitor);
                    expected = scan.entry().next();
                    next = expected.position();
                    first = false;
                }
                position = next;
            }
        }
    }

    /** @return where the next good entry begins, or the segment's end; negative when the visitor wants no more */
    private long firstGood(long position, Segment segment, Visitor visitor, boolean first) throws IOException {
        String reason = scan.problem();
        long found = scan.resync(position);
        long next = found == EntryScan.NOT_FOUND ? segment.end() : found;
        boolean zerosOnly = found == EntryScan.NOT_FOUND && scan.lastNonZeroEnd(position) == position;
        boolean startsWithin = first && found != EntryScan.NOT_FOUND;
        if (zerosOnly || startsWithin) {
            return next;
        }
        if (wasBeingWritten(position)) {
            return position;
        }
        boolean more = visitor.damaged(position, next - position, reason);
        return more && (found == EntryScan.NOT_FOUND || scan.read(found)) ? next : -next;
    }

    /** What looked like damage while the writer was at it is a good entry soon after, and is the one read last then. */
    private boolean wasBeingWritten(long position) throws IOException {
        for (int i = 0; i < LOOKS_AT_DAMAGE; i++) {
            if (scan.readAgain(position)) {
                return true;
            }
        }
        return false;
    }

    private static boolean visit(EntryView entry, boolean chained, Visitor visitor) {
        boolean more = visitor.entry(new Entry(
                entry.position(),
                entry.totalBytes(),
                entry.entryIndex(),
                entry.term(),
                entry.timeMs(),
                entry.recordCount(),
                chained));
        entry.beginRows();
        while (more && entry.nextRow()) {
            more = visitRow(entry, visitor);
        }
        return more;
    }

    private static boolean visitRow(EntryView entry, Visitor visitor) {
        boolean routed = entry.destinationCount() > 0;
        Row record = new Row(
                entry.recordPosition(),
                entry.kind(),
                routed ? entry.queueNo(0) : -1,
                routed ? entry.queueOffset(0) : -1,
                routed ? entry.tagHash(0) : 0,
                entry.keyCount(),
                entry.recordIsGood());
        if (RecordKind.isMessage(entry.kind())) {
            return visitor.message(record, entry.buffer(), entry.recordIndex(), entry.recordBytes());
        }
        int payload = Math.min(ControlRecordLayout.PAYLOAD, entry.recordBytes());
        return visitor.control(record, entry.buffer(), entry.recordIndex() + payload, entry.recordBytes() - payload);
    }

    @Override
    public void close() throws IOException {
        scan.close();
        segments.close();
    }
}
