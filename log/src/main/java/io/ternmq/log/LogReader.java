package io.ternmq.log;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.ternmq.log.index.IndexEntries;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.MessageRecordLayout;
import java.io.IOException;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads published messages straight from the segments, and checks every one: its checksum, its own position, its
 * structure. What does not pass is counted, reported once and skipped. Any of the engine's threads, each with its own
 * {@link ReadScratch}; never a thread of a caller from outside, whose interrupt would close the files for all.
 */
public final class LogReader {
    /** Up to the store timestamp with a long born host, and its eight bytes. */
    private static final int TIME_BYTES =
            MessageRecordLayout.BORN_HOST + MessageRecordLayout.HOST_BYTES_IPV6 + Long.BYTES;

    private final SegmentFiles files;
    private final Indexes indexes;
    private final Damage damage;
    private final PublishedBounds bounds;
    private final LogSettings settings;

    LogReader(SegmentFiles files, Indexes indexes, Damage damage, PublishedBounds bounds, LogSettings settings) {
        this.files = files;
        this.indexes = indexes;
        this.damage = damage;
        this.bounds = bounds;
        this.settings = settings;
    }

    /**
     * Reads messages of a queue in order.
     *
     * @param fromOffset the first to look at
     * @param filter looks at tag hashes before anything is read
     * @param sink gets each message that passes
     */
    public ReadResult read(
            int queueNo, long fromOffset, ReadLimits limits, TagFilter filter, RecordSink sink, ReadScratch scratch) {
        if (fromOffset < indexes.queues().minOffset(queueNo)) {
            return new ReadResult(fromOffset, 0, 0, 0, ReadResult.End.BEFORE_MIN);
        }
        if (fromOffset > indexes.queues().maxOffset(queueNo)) {
            return new ReadResult(fromOffset, 0, 0, 0, ReadResult.End.BEHIND_MAX);
        }
        QueueRead read = new QueueRead(new SpanReader(files, bounds, damage, scratch), limits, filter, sink);
        ReadResult.End end = read(read, queueNo, fromOffset, limits, scratch.entries());
        scratch.shrink();
        return read.result(end);
    }

    private ReadResult.End read(QueueRead read, int queueNo, long fromOffset, ReadLimits limits, IndexEntries entries) {
        long offset = fromOffset;
        int scanned = 0;
        read.begin(fromOffset);
        while (scanned < limits.scanCountMax()) {
            int wanted = Math.min(limits.scanCountMax() - scanned, entries.capacity());
            int count = indexes.queues().copy(queueNo, offset, Math.min(wanted, read.copyCountMax()), entries);
            read.skipTo(entries.firstOffset());
            if (count == 0) {
                return ReadResult.End.QUEUE_END;
            }
            if (!read.take(entries)) {
                return ReadResult.End.LIMIT;
            }
            scanned += count + entries.skippedCount();
            offset = read.nextOffset();
        }
        return ReadResult.End.LIMIT;
    }

    /** What came of reading one message. */
    public enum Reading {
        /** The sink has taken it. */
        READ,
        /** There is no such message, or none any more. */
        NONE,
        /** It does not pass its checks. */
        DAMAGED,
        /** The disk did not give it; it may be there, and another time it may be read. */
        UNREADABLE
    }

    /**
     * Reads the message of an index entry. One that is damaged or unreadable is counted, and reported once.
     *
     * @param entries copied from the index
     * @param i of an entry that is no hole
     */
    public Reading readEntry(IndexEntries entries, int i, RecordSink sink, ReadScratch scratch) {
        long position = entries.position(i);
        int size = entries.size(i);
        SpanReader span = new SpanReader(files, bounds, damage, scratch);
        if (position < bounds.startPosition() || span.hold(position) == 0) {
            return Reading.NONE;
        }
        try {
            if (!span.read(position, size)) {
                return Reading.UNREADABLE;
            }
            int index = span.indexOf(position, size, entries.crc(i));
            if (index == SpanReader.DAMAGED) {
                return Reading.DAMAGED;
            }
            boolean taken = index != SpanReader.GONE && sink.accept(span.view(), index, size, entries.offset(i));
            return taken ? Reading.READ : Reading.NONE;
        } finally {
            scratch.shrink();
        }
    }

    /**
     * Reads the message whose record begins at a position. Positions come from outside, so nothing is taken for granted:
     * the record's structure, own position and body checksum must be right.
     *
     * @return false when no published message could be read at the position
     */
    public boolean readAt(long position, RecordSink sink, ReadScratch scratch) {
        return tryReadAt(position, sink, scratch) == Reading.READ;
    }

    /**
     * As {@link #readAt}; says whether the disk is to blame, which is counted, and reported once. What does not pass its checks
     * is no message: a position from outside may be any.
     */
    public Reading tryReadAt(long position, RecordSink sink, ReadScratch scratch) {
        if (position < bounds.startPosition()) {
            return Reading.NONE;
        }
        Segment segment = files.hold(position);
        if (segment == null) {
            return Reading.NONE;
        }
        try {
            return readAt(segment, position, sink, scratch) ? Reading.READ : Reading.NONE;
        } catch (IOException e) {
            damage.report(position, MessageRecordLayout.RECORD_BYTES_MIN, "cannot be read: " + e.getMessage());
            return Reading.UNREADABLE;
        } finally {
            segment.release();
            scratch.shrink();
        }
    }

    private boolean readAt(Segment segment, long position, RecordSink sink, ReadScratch scratch) throws IOException {
        long limit = Math.min(segment.end(), bounds.committedPosition());
        long at = position - segment.begin();
        if (limit - position < MessageRecordLayout.RECORD_BYTES_MIN
                || segment.file().read(scratch.cleared(Long.BYTES), at) < Long.BYTES) {
            return false;
        }
        int length = scratch.view().getInt(MessageRecordLayout.TOTAL_SIZE, BIG_ENDIAN);
        if (length < MessageRecordLayout.RECORD_BYTES_MIN
                || length > Math.min(settings.recordBytesMax(), limit - position)
                || segment.file().read(scratch.cleared(length), at) < length) {
            return false;
        }
        MessageRecord record = new MessageRecord().wrap(scratch.view(), 0, length);
        boolean good = record.validate() == null && record.position() == position && record.bodyCrcMatches();
        return good && sink.accept(scratch.view(), 0, length, record.queueOffset());
    }

    /** @return the first offset of the queue whose store time is at or behind {@code timeMs}; its maximum offset when none is */
    public long offsetOfTime(int queueNo, long timeMs, ReadScratch scratch) {
        long low = indexes.queues().minOffset(queueNo);
        long high = indexes.queues().maxOffset(queueNo);
        while (low < high) {
            long middle = (low + high) >>> 1;
            long probed = middle;
            long found = storeTimeMs(queueNo, probed, scratch);
            while (found < 0 && probed + 1 < high) {
                // a hole has no time: its successor speaks for it, and a long run of them is known at once
                probed = Math.max(
                        probed + 1, Math.min(high - 1, scratch.entries().firstOffset()));
                found = storeTimeMs(queueNo, probed, scratch);
            }
            if (found >= 0 && found < timeMs) {
                low = probed + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** @return -1 when there is no message at the offset */
    private long storeTimeMs(int queueNo, long offset, ReadScratch scratch) {
        IndexEntries entries = scratch.entries();
        boolean known = indexes.queues().copy(queueNo, offset, 1, entries) == 1
                && entries.firstOffset() == offset
                && entries.size(0) >= MessageRecordLayout.RECORD_BYTES_MIN;
        if (!known) {
            return -1;
        }
        @Nullable Segment segment = files.hold(entries.position(0));
        if (segment == null) {
            return -1;
        }
        try {
            return storeTimeMs(segment, entries.position(0), scratch);
        } catch (IOException e) {
            return -1;
        } finally {
            segment.release();
        }
    }

    private static long storeTimeMs(Segment segment, long position, ReadScratch scratch) throws IOException {
        if (segment.file().read(scratch.cleared(TIME_BYTES), position - segment.begin()) < TIME_BYTES) {
            return -1;
        }
        DirectBuffer record = scratch.view();
        if (record.getLong(MessageRecordLayout.PHYSICAL_OFFSET, BIG_ENDIAN) != position) {
            return -1;
        }
        int sysFlag = record.getInt(MessageRecordLayout.SYS_FLAG, BIG_ENDIAN);
        return record.getLong(MessageRecordLayout.storeTimestamp(sysFlag), BIG_ENDIAN);
    }

    /**
     * Says whether a read at the position likely finds the page cache, so that it may run where nothing must wait.
     *
     * @param position of a record
     */
    public boolean isRecent(long position) {
        return bounds.committedPosition() - position <= settings.recentBytes();
    }
}
