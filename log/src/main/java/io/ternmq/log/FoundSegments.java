package io.ternmq.log;

import io.ternmq.log.storage.LogDirectory;
import io.ternmq.log.storage.OpenMode;
import io.ternmq.log.storage.StorageFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The segments that lie in the folder, oldest first, before it is known which of their bytes are the log. */
final class FoundSegments implements AutoCloseable {
    private final LogDirectory directory;
    private final List<Segment> segments = new ArrayList<>();

    private FoundSegments(LogDirectory directory) {
        this.directory = directory;
    }

    static FoundSegments open(LogDirectory directory, OpenMode mode) throws IOException {
        FoundSegments found = new FoundSegments(directory);
        try {
            found.openAll(mode);
        } catch (IOException | RuntimeException e) {
            found.close();
            throw e;
        }
        return found;
    }

    private void openAll(OpenMode mode) throws IOException {
        List<String> names = directory.list().stream().filter(Segment::isName).toList();
        for (int i = 0; i < names.size(); i++) {
            long begin = Segment.begin(names.get(i));
            long limit = i + 1 < names.size() ? Segment.begin(names.get(i + 1)) : Long.MAX_VALUE;
            StorageFile file = directory.open(names.get(i), mode);
            long end = Math.min(begin + file.size(), limit);
            segments.add(new Segment(begin, file, end, end));
        }
    }

    boolean isEmpty() {
        return segments.isEmpty();
    }

    List<Segment> all() {
        return segments;
    }

    Segment last() {
        return segments.get(segments.size() - 1);
    }

    long begin() {
        return segments.get(0).begin();
    }

    /** @return the segment with a byte at the position, or null */
    @Nullable
    Segment at(long position) {
        for (int i = segments.size() - 1; i >= 0; i--) {
            Segment segment = segments.get(i);
            if (segment.begin() <= position) {
                return position < segment.end() ? segment : null;
            }
        }
        return null;
    }

    /** @return the first position at or behind {@code from} where a good entry begins, or {@link EntryScan#NOT_FOUND} */
    long resync(EntryScan scan, long from) throws IOException {
        for (Segment segment : segments) {
            if (segment.end() > from) {
                scan.in(segment);
                long position = scan.resync(Math.max(from, segment.begin()));
                if (position != EntryScan.NOT_FOUND) {
                    return position;
                }
            }
        }
        return EntryScan.NOT_FOUND;
    }

    /** Adds an empty segment behind the last. */
    void addEmpty(long begin) throws IOException {
        StorageFile file = directory.open(Segment.name(begin), OpenMode.CREATE);
        segments.add(new Segment(begin, file, begin, begin));
    }

    /** Takes the last segment's entries to end at a position; what the file has behind it is zeros. */
    void endAt(long position) throws IOException {
        Segment last = last();
        long filledEnd = last.begin() + last.file().size();
        segments.set(segments.size() - 1, new Segment(last.begin(), last.file(), position, filledEnd));
    }

    void deleteLast() throws IOException {
        Segment last = segments.remove(segments.size() - 1);
        last.close();
        directory.delete(Segment.name(last.begin()));
    }

    void forceNames() throws IOException {
        directory.force();
    }

    @Override
    public void close() throws IOException {
        for (Segment segment : segments) {
            segment.close();
        }
    }
}
