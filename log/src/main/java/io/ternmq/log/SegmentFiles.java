package io.ternmq.log;

import io.ternmq.log.storage.LogDirectory;
import io.ternmq.log.storage.OpenMode;
import io.ternmq.log.storage.StorageFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a log, oldest first. The writer appends and rolls; any thread finds and holds; the maintenance thread
 * deletes what retention has given up.
 */
final class SegmentFiles implements AutoCloseable {
    private final LogDirectory directory;
    private final int segmentBytes;
    private final SpareSegment spare;
    private final List<Segment> retired = new ArrayList<>();

    /** Never changed in place. */
    private volatile Segment[] segments = new Segment[0];
    /** What has been written, forced or not. */
    private volatile long writtenPosition;

    private volatile boolean namesChanged;

    SegmentFiles(LogDirectory directory, int segmentBytes) {
        this.directory = directory;
        this.segmentBytes = segmentBytes;
        this.spare = new SpareSegment(directory);
    }

    /** Takes the segments that were found, at least one; the last is written on. */
    void resume(List<Segment> found) {
        segments = found.toArray(new Segment[0]);
        writtenPosition = active().end();
    }

    LogDirectory directory() {
        return directory;
    }

    int segmentBytes() {
        return segmentBytes;
    }

    SpareSegment spare() {
        return spare;
    }

    Segment[] all() {
        return segments;
    }

    Segment active() {
        Segment[] current = segments;
        return current[current.length - 1];
    }

    long startPosition() {
        return segments[0].begin();
    }

    long writtenPosition() {
        return writtenPosition;
    }

    /**
     * Writes all closed entries of the builder; a segment that is full ends between two of them. After an exception those that
     * are written stay so, and the next call goes on with the rest. Writer thread.
     */
    void append(EntryBuilder entries) throws IOException {
        int bytes = entries.closedBytes();
        int begin = (int) (writtenPosition - entries.beginPosition());
        int end = begin;
        while (end < bytes) {
            int entryEnd = end + entries.totalBytes(end);
            if (isFull(active(), end - begin, entryEnd - begin)) {
                appendRun(entries, begin, end);
                roll();
                begin = end;
            }
            end = entryEnd;
        }
        appendRun(entries, begin, end);
    }

    private boolean isFull(Segment active, int runBytes, int runBytesWithNext) {
        long used = active.end() - active.begin();
        return used + runBytes > 0 && used + runBytesWithNext > segmentBytes;
    }

    private void appendRun(EntryBuilder entries, int begin, int end) throws IOException {
        if (end > begin) {
            Segment active = active();
            active.append(entries.range(begin, end));
            writtenPosition = active.end();
        }
    }

    private void roll() throws IOException {
        Segment full = active();
        full.seal();
        long begin = full.end();
        long filledBytes = spare.takeAs(Segment.name(begin));
        StorageFile file = directory.open(Segment.name(begin), filledBytes > 0 ? OpenMode.WRITE : OpenMode.CREATE);
        Segment[] grown = Arrays.copyOf(segments, segments.length + 1);
        grown[segments.length] = new Segment(begin, file, begin, begin + filledBytes);
        namesChanged = true;
        segments = grown;
    }

    /** Forces every file that has bytes behind {@code forcedPosition}, and names before them. The caller sees to it that one thread does so at a time. */
    void force(long forcedPosition) throws IOException {
        if (namesChanged) {
            namesChanged = false;
            directory.force();
        }
        for (Segment segment : segments) {
            if (segment.end() > forcedPosition) {
                segment.file().force();
            }
        }
    }

    /** @return the segment that holds the position, held for the caller; or null when it lies before or behind the log */
    @Nullable
    Segment hold(long position) {
        Segment segment = find(position);
        return segment != null && segment.hold() ? segment : null;
    }

    private @Nullable Segment find(long position) {
        Segment[] current = segments;
        int low = 0;
        int high = current.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (current[middle].begin() <= position) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high >= 0 && position < current[high].end() ? current[high] : null;
    }

    /**
     * Writes filler over what could not be read when the log was opened, and forces it: nothing of it comes back when the disk
     * gives it again. Writer thread.
     */
    void bury(List<UnreadPages.Part> unread) throws IOException {
        for (UnreadPages.Part part : unread) {
            long at = part.begin();
            while (at < part.end()) {
                Segment segment = find(at);
                if (segment == null) {
                    throw new IOException("no segment has position " + at + " (expected: what was replayed)");
                }
                at = segment.bury(at, part.end());
            }
        }
    }

    /** Gives up every segment that ends at or before the position; never the last. Writer thread. */
    void trim(long position) {
        Segment[] current = segments;
        int count = 0;
        while (count < current.length - 1 && current[count].end() <= position) {
            count++;
        }
        if (count == 0) {
            return;
        }
        segments = Arrays.copyOfRange(current, count, current.length);
        synchronized (retired) {
            for (int i = 0; i < count; i++) {
                current[i].release();
                retired.add(current[i]);
            }
        }
    }

    /** @return a segment that nobody reads and that is to be deleted, the oldest first; or null. Maintenance thread */
    @Nullable
    Segment firstRetired() {
        synchronized (retired) {
            boolean free = !retired.isEmpty() && retired.get(0).free();
            return free ? retired.get(0) : null;
        }
    }

    /** What {@link #firstRetired} gave is deleted. Maintenance thread. */
    void deleted(Segment segment) {
        synchronized (retired) {
            retired.remove(segment);
        }
    }

    @Override
    public void close() throws IOException {
        for (Segment segment : segments) {
            segment.close();
        }
        synchronized (retired) {
            for (Segment segment : retired) {
                segment.close();
            }
        }
        spare.discard();
    }
}
