package io.ternmq.log;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.ternmq.protocol.message.MessageRecordLayout;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds what the log itself says of the record at a position: the entry around it, whose table has the record's checksum.
 * Nothing leads from a position to its entry, so the header is searched backwards, a few KiB first; an entry of usual size
 * costs about a tenth of a millisecond. Any thread, each with its own {@link ReadScratch}.
 */
final class EntryAround {
    private static final int STEP_BYTES_MIN = 4 * 1024;
    private static final int STEP_BYTES_MAX = 128 * 1024;
    /** What a header is known by. */
    private static final int MARK_BYTES = EntryLayout.POSITION + Long.BYTES;

    /** What is at a position. */
    enum Found {
        /** {@link ReadScratch#entry} is at the row of that message, and its record is good. */
        MESSAGE,
        /** A message that fails its checksum. */
        DAMAGED_MESSAGE,
        /** No good entry holds the position. */
        NO_ENTRY,
        /** An entry, but no message begins there. */
        NO_MESSAGE
    }

    private final LongSupplier logId;

    /** @param logId the log's id, asked when something is to be found */
    EntryAround(LongSupplier logId) {
        this.logId = logId;
    }

    /** @param limit the segment's end, or where what may be read ends before it */
    Found find(Segment segment, long position, long limit, ReadScratch scratch) throws IOException {
        long lowest = Math.max(segment.begin(), position - EntryLayout.TOTAL_BYTES_MAX);
        long before = position - EntryLayout.HEADER_BYTES + 1;
        int stepBytes = STEP_BYTES_MIN;
        while (before > lowest) {
            long from = Math.max(lowest, before - stepBytes);
            long header = lastHeader(segment, from, before, scratch);
            if (header >= 0 && load(segment, header, limit, scratch)) {
                return position < scratch.entry().next().position() ? row(position, scratch.entry()) : Found.NO_ENTRY;
            }
            before = header >= 0 ? header : from;
            stepBytes = Math.min(STEP_BYTES_MAX, 4 * stepBytes);
        }
        return Found.NO_ENTRY;
    }

    /** @return the last position before {@code before} where a header may begin, or -1 */
    private long lastHeader(Segment segment, long from, long before, ReadScratch scratch) throws IOException {
        int bytes = (int) (before - from) + MARK_BYTES - 1;
        if (segment.file().read(scratch.cleared(bytes), from - segment.begin()) < bytes) {
            return -1;
        }
        UnsafeBuffer view = scratch.view();
        int i = bytes - MARK_BYTES;
        while (i >= 0) {
            int step = stepBack(view.getByte(i));
            if (step == Integer.BYTES
                    && view.getInt(i, BIG_ENDIAN) == EntryLayout.MAGIC_VALUE
                    && view.getLong(i + EntryLayout.POSITION, BIG_ENDIAN) == from + i
                    && view.getLong(i + EntryLayout.LOG_ID, BIG_ENDIAN) == logId.getAsLong()) {
                return from + i;
            }
            i -= step;
        }
        return -1;
    }

    /** @return how far before a byte the magic may begin next, when it does not begin there: its four bytes differ */
    private static int stepBack(byte at) {
        return switch (at) {
            case (byte) (EntryLayout.MAGIC_VALUE >>> 16) -> 1;
            case (byte) (EntryLayout.MAGIC_VALUE >>> 8) -> 2;
            case (byte) EntryLayout.MAGIC_VALUE -> 3;
            default -> Integer.BYTES;
        };
    }

    /** @return whether the whole entry is in the scratch, and its header and table are good: {@link ReadScratch#entry} */
    boolean load(Segment segment, long header, long limit, ReadScratch scratch) throws IOException {
        EntryView entry = scratch.entry();
        entry.wrap(scratch.cleared(EntryLayout.HEADER_BYTES), 0);
        boolean possible = segment.file().read(scratch.cleared(EntryLayout.HEADER_BYTES), header - segment.begin())
                        == EntryLayout.HEADER_BYTES
                && entry.headerProblem(header, logId.getAsLong()) == null
                && entry.totalBytes() <= limit - header;
        if (!possible) {
            return false;
        }
        int bytes = entry.totalBytes();
        boolean whole = segment.file().read(scratch.cleared(bytes), header - segment.begin()) == bytes;
        entry.wrap(scratch.bytes(), 0);
        return whole && entry.problem() == null;
    }

    private static Found row(long position, EntryView entry) {
        entry.beginRows();
        while (entry.nextRow() && entry.recordPosition() <= position) {
            if (entry.recordPosition() == position && RecordKind.isMessage(entry.kind())) {
                boolean good = entry.recordIsGood() && entry.recordBytes() >= MessageRecordLayout.RECORD_BYTES_MIN;
                return good ? Found.MESSAGE : Found.DAMAGED_MESSAGE;
            }
        }
        return Found.NO_MESSAGE;
    }
}
