package io.ternmq.log;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.ternmq.protocol.message.MessageRecordLayout;
import java.io.IOException;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Reads a span of one segment into the scratch and checks the records in it. For one thread. */
final class SpanReader {
    /** The record does not pass its checks; reported. */
    static final int DAMAGED = -1;
    /** The record was there but retention has taken it. */
    static final int GONE = -2;
    /** The disk does not give the record; not reported yet. */
    static final int UNREADABLE = -3;

    private final SegmentFiles files;
    private final PublishedBounds bounds;
    private final Damage damage;
    private final ReadScratch scratch;
    private @Nullable Segment held;
    private long spanBegin;
    private int spanBytes;
    private @Nullable IOException problem;

    SpanReader(SegmentFiles files, PublishedBounds bounds, Damage damage, ReadScratch scratch) {
        this.files = files;
        this.bounds = bounds;
        this.damage = damage;
        this.scratch = scratch;
    }

    /** Holds the segment of the position until the next {@link #read}. @return where the segment ends; 0 when there is none */
    long hold(long position) {
        Segment segment = files.hold(position);
        held = segment;
        return segment == null ? 0 : segment.end();
    }

    /** Reads the span from the held segment and lets it go. @return false when the disk failed; its records may still be read one by one */
    boolean read(long begin, int bytes) {
        spanBegin = begin;
        spanBytes = 0;
        Segment segment = held;
        held = null;
        if (segment == null) {
            return true;
        }
        try {
            spanBytes = segment.file().read(scratch.cleared(bytes), begin - segment.begin());
            return true;
        } catch (IOException e) {
            problem = e;
            return false;
        } finally {
            segment.release();
        }
    }

    /** Reads one record by itself from the held segment. @return as {@link #indexOf}, or {@link #UNREADABLE} */
    int readOne(long position, int size, int crc) {
        return read(position, size) ? indexOf(position, size, crc) : UNREADABLE;
    }

    /** Tells of a record that cannot be read. */
    void reportUnreadable(long position, int size) {
        damage.report(position, size, "cannot be read: " + (problem == null ? "" : problem.getMessage()));
    }

    DirectBuffer view() {
        return scratch.view();
    }

    /** @return where the record lies in {@link #view}; {@link #DAMAGED} or {@link #GONE} */
    int indexOf(long position, int size, int crc) {
        int index = (int) (position - spanBegin);
        boolean good = index + size <= spanBytes
                && size >= MessageRecordLayout.RECORD_BYTES_MIN
                && scratch.checksumOf(index, size) == crc
                && view().getInt(index + MessageRecordLayout.TOTAL_SIZE, BIG_ENDIAN) == size
                && view().getLong(index + MessageRecordLayout.PHYSICAL_OFFSET, BIG_ENDIAN) == position;
        if (good) {
            return index;
        }
        if (position < bounds.startPosition()) {
            return GONE;
        }
        damage.report(position, size, "the record does not match its checksum, size or position");
        return DAMAGED;
    }
}
