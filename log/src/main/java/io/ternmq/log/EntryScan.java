package io.ternmq.log;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of one segment after another, in large steps, and checks headers and tables. What the disk does not
 * give fails its checks. For one thread.
 */
final class EntryScan implements AutoCloseable {
    static final long NOT_FOUND = -1;

    private static final int STEP_BYTES = 1024 * 1024;
    private static final int INITIAL_BYTES = 64 * 1024;

    private final EntryView entry = new EntryView();
    private final GrowingBuffer window =
            new GrowingBuffer(INITIAL_BYTES, EntryLayout.TOTAL_BYTES_MAX + EntryLayout.HEADER_BYTES);
    private final long logId;
    private final UnreadPages unread;
    private @Nullable Segment segment;
    private long windowBegin;
    private int windowBytes;
    private @Nullable String problem;

    /** @param unread notes what the disk does not give */
    EntryScan(long logId, UnreadPages unread) {
        this.logId = logId;
        this.unread = unread;
    }

    /** Reads in this segment from now on. */
    void in(Segment newSegment) {
        if (segment != newSegment) {
            segment = newSegment;
            windowBytes = 0;
        }
    }

    /** @return whether an entry with a good header and table begins at the position: {@link #entry}, else {@link #problem} */
    boolean read(long position) throws IOException {
        problem = null;
        int at = load(position, EntryLayout.HEADER_BYTES);
        if (at < 0) {
            problem = "the file ends within an entry's header";
            return false;
        }
        entry.wrap(window.bytes(), at);
        problem = entry.headerProblem(position, logId);
        if (problem != null) {
            problem = unread.reason(position, position + EntryLayout.HEADER_BYTES, problem);
            return false;
        }
        at = load(position, entry.totalBytes());
        if (at < 0) {
            problem = "the file ends within the entry";
            return false;
        }
        entry.wrap(window.bytes(), at);
        problem = entry.problem();
        if (problem != null) {
            problem = unread.reason(position, position + entry.totalBytes(), problem);
        }
        return problem == null;
    }

    /** Reads once more from the file, for it may have been in the middle of being written. As {@link #read}. */
    boolean readAgain(long position) throws IOException {
        windowBytes = 0;
        return read(position);
    }

    EntryView entry() {
        return entry;
    }

    /** @return why the entry's current record fails its check */
    String recordProblem() {
        long begin = entry.recordPosition();
        return unread.reason(begin, begin + entry.recordBytes(), "the record's checksum does not match");
    }

    UnreadPages unread() {
        return unread;
    }

    /** @return what was wrong with what was read last */
    String problem() {
        return problem == null ? "" : problem;
    }

    /** @return the first position at or behind {@code from} where a good entry begins, or {@link #NOT_FOUND} in this segment */
    long resync(long from) throws IOException {
        long position = from;
        int at = load(position, EntryLayout.HEADER_BYTES);
        while (at >= 0) {
            long end = windowBegin + windowBytes - EntryLayout.HEADER_BYTES;
            long candidate = findHeader(position, end);
            if (candidate == NOT_FOUND) {
                position = end + 1;
            } else if (read(candidate)) {
                return candidate;
            } else {
                position = candidate + 1;
            }
            at = load(position, EntryLayout.HEADER_BYTES);
        }
        return NOT_FOUND;
    }

    private long findHeader(long from, long last) {
        UnsafeBuffer buffer = window.buffer();
        int shift = (int) (from - windowBegin);
        int lastIndex = (int) (last - windowBegin);
        for (int i = shift; i <= lastIndex; i++) {
            if (buffer.getInt(i, BIG_ENDIAN) == EntryLayout.MAGIC_VALUE
                    && buffer.getLong(i + EntryLayout.POSITION, BIG_ENDIAN) == windowBegin + i
                    && buffer.getLong(i + EntryLayout.LOG_ID, BIG_ENDIAN) == logId) {
                return windowBegin + i;
            }
        }
        return NOT_FOUND;
    }

    /** @return the position behind the segment's last byte that is not zero; {@code from} when none follows it */
    long lastNonZeroEnd(long from) throws IOException {
        long found = from;
        long position = from;
        while (load(position, 1) >= 0) {
            long end = windowBegin + windowBytes;
            found = Math.max(found, lastNonZeroEnd(position, end));
            position = end;
        }
        return found;
    }

    private long lastNonZeroEnd(long from, long end) {
        for (long at = end; at > from; at--) {
            if (window.buffer().getByte((int) (at - 1 - windowBegin)) != 0) {
                return at;
            }
        }
        return NOT_FOUND;
    }

    /** @return the loaded bytes from the position on; nothing behind the segment's end */
    ByteBuffer bytes(long position, int count) throws IOException {
        int at = load(position, count);
        if (at < 0) {
            throw new IOException("log: " + count + " bytes at " + position + " (expected: within the segment)");
        }
        return window.range(at, at + count);
    }

    /** @return where the position lies in the window; -1 when the segment has fewer bytes behind it than asked for */
    private int load(long position, int bytes) throws IOException {
        if (position < windowBegin || position + bytes > windowBegin + windowBytes) {
            fill(position, bytes);
        }
        return windowBytes - (position - windowBegin) >= bytes ? (int) (position - windowBegin) : -1;
    }

    private void fill(long position, int bytes) throws IOException {
        Segment from = segment;
        windowBegin = position;
        windowBytes = 0;
        if (from == null || position < from.begin() || position >= from.end()) {
            return;
        }
        int wanted = (int) Math.min(Math.max(bytes, STEP_BYTES), from.end() - position);
        window.ensure(wanted, 0);
        windowBytes = unread.read(from, window.range(0, wanted), position);
    }

    @Override
    public void close() {
        window.close();
    }
}
