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

    /** Up to the record's own position, and with it. */
    private static final int LOOK_BYTES = MessageRecordLayout.PHYSICAL_OFFSET + Long.BYTES;

    private final SegmentFiles files;
    private final Indexes indexes;
    private final Damage damage;
    private final PublishedBounds bounds;
    private final LogSettings settings;
    private final EntryAround entryAround;

    LogReader(
            SegmentFiles files,
            Indexes indexes,
            Damage damage,
            PublishedBounds bounds,
            LogSettings settings,
            EntryAround entryAround) {
        this.files = files;
        this.indexes = indexes;
        this.damage = damage;
        this.bounds = bounds;
        this.settings = settings;
        this.entryAround = entryAround;
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
            int index = span.readOne(position, size, entries.crc(i));
            if (index == SpanReader.UNREADABLE) {
                long unused = span.hold(position);
                index = span.readOne(position, size, entries.crc(i));
            }
            if (index == SpanReader.UNREADABLE) {
                span.reportUnreadable(position, size);
                return Reading.UNREADABLE;
            }
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
     * Reads the message whose record begins at a position. Positions come from outside, so nothing is taken for granted: what
     * the log's own tables say of that position decides, and the whole record must be good.
     *
     * @return false when no published message could be read at the position
     */
    public boolean readAt(long position, RecordSink sink, ReadScratch scratch) {
        return tryReadAt(position, sink, scratch) == Reading.READ;
    }

    /**
     * As {@link #readAt}; says what came of it. Damage is counted, and reported once. What does not look like a record of that
     * position is no message: a position from outside may be any.
     */
    public Reading tryReadAt(long position, RecordSink sink, ReadScratch scratch) {
        return tryTwice(position, scratch, segment -> readAt(segment, position, sink, scratch));
    }

    /**
     * As {@link #tryReadAt(long, RecordSink, ReadScratch)}, of a message that is likely in that queue: its index has what the
     * record is checked by, so that nothing else needs to be read.
     *
     * @param queueNo -1 when it is not known
     */
    public Reading tryReadAt(int queueNo, long position, RecordSink sink, ReadScratch scratch) {
        IndexEntries entries = scratch.entries();
        Reading looked = tryTwice(position, scratch, segment -> {
            boolean is = queueNo >= 0 && looksLikeMessage(segment, position, scratch);
            return is && isIndexed(queueNo, position, scratch) ? Reading.READ : Reading.NONE;
        });
        return looked == Reading.READ ? readEntry(entries, 0, sink, scratch) : tryReadAt(position, sink, scratch);
    }

    private boolean isIndexed(int queueNo, long position, ReadScratch scratch) {
        long offset = scratch.view().getLong(MessageRecordLayout.QUEUE_OFFSET, BIG_ENDIAN);
        IndexEntries entries = scratch.entries();
        return offset >= 0
                && indexes.queues().copy(queueNo, offset, 1, entries) == 1
                && entries.firstOffset() == offset
                && entries.position(0) == position
                && !entries.isHole(0);
    }

    /** Reads something in a segment that is held meanwhile. */
    private interface SegmentRead {
        Reading read(Segment segment) throws IOException;
    }

    private Reading tryTwice(long position, ReadScratch scratch, SegmentRead read) {
        if (position < bounds.startPosition()) {
            return Reading.NONE;
        }
        Segment segment = files.hold(position);
        if (segment == null) {
            return Reading.NONE;
        }
        try {
            return read.read(segment);
        } catch (IOException e) {
            return tryAgain(position, segment, read);
        } finally {
            segment.release();
            scratch.shrink();
        }
    }

    private Reading tryAgain(long position, Segment segment, SegmentRead read) {
        try {
            return read.read(segment);
        } catch (IOException e) {
            damage.report(position, MessageRecordLayout.RECORD_BYTES_MIN, "cannot be read: " + e.getMessage());
            return Reading.UNREADABLE;
        }
    }

    private Reading readAt(Segment segment, long position, RecordSink sink, ReadScratch scratch) throws IOException {
        if (!looksLikeMessage(segment, position, scratch)) {
            return Reading.NONE;
        }
        long limit = Math.min(segment.end(), bounds.committedPosition());
        switch (entryAround.find(segment, position, limit, scratch)) {
            case MESSAGE -> {
                return give(scratch.entry(), sink) ? Reading.READ : Reading.NONE;
            }
            case DAMAGED_MESSAGE ->
                damage.report(position, scratch.entry().recordBytes(), "the record does not match its checksum");
            case NO_ENTRY ->
                damage.report(position, MessageRecordLayout.RECORD_BYTES_MIN, "the record is in no entry that is good");
            case NO_MESSAGE -> {
                return Reading.NONE;
            }
        }
        return Reading.DAMAGED;
    }

    private static boolean give(EntryView entry, RecordSink sink) {
        MessageRecord record = new MessageRecord().wrap(entry.buffer(), entry.recordIndex(), entry.recordBytes());
        return record.validate() == null
                && sink.accept(entry.buffer(), entry.recordIndex(), entry.recordBytes(), record.queueOffset());
    }

    /** What costs next to nothing to find out, so that a position from outside costs no more as a rule. */
    private boolean looksLikeMessage(Segment segment, long position, ReadScratch scratch) throws IOException {
        long limit = Math.min(segment.end(), bounds.committedPosition());
        if (limit - position < MessageRecordLayout.RECORD_BYTES_MIN
                || segment.file().read(scratch.cleared(LOOK_BYTES), position - segment.begin()) < LOOK_BYTES) {
            return false;
        }
        DirectBuffer record = scratch.view();
        int length = record.getInt(MessageRecordLayout.TOTAL_SIZE, BIG_ENDIAN);
        int magic = record.getInt(MessageRecordLayout.MAGIC, BIG_ENDIAN);
        return length >= MessageRecordLayout.RECORD_BYTES_MIN
                && length <= Math.min(settings.recordBytesMax(), limit - position)
                && (magic == MessageRecordLayout.MAGIC_V1 || magic == MessageRecordLayout.MAGIC_V2)
                && record.getLong(MessageRecordLayout.PHYSICAL_OFFSET, BIG_ENDIAN) == position;
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
