package io.ternmq.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Deletes segments that retention has given up, and cuts the zeros behind those that are full. What fails is told, and
 * tried again later: it costs room, nothing else. Maintenance thread.
 */
final class SegmentDeletion implements Maintenance.Task {
    private static final long RETRY_MS = 10_000;

    private final SegmentFiles files;
    private final LogListener listener;
    private long cutEnd;
    private long retryMs = Long.MIN_VALUE;
    private @Nullable Segment told;

    SegmentDeletion(SegmentFiles files, LogListener listener) {
        this.files = files;
        this.listener = listener;
    }

    @Override
    public boolean work(long nowMs) {
        if (nowMs < retryMs) {
            return false;
        }
        boolean worked = false;
        for (Segment segment : files.all()) {
            if (segment.sealed() && segment.begin() >= cutEnd) {
                worked |= cut(segment, nowMs);
            }
        }
        Segment retired = files.firstRetired();
        return retired == null ? worked : delete(retired, nowMs);
    }

    private boolean cut(Segment segment, long nowMs) {
        try {
            segment.cutFill();
        } catch (IOException e) {
            return failed(segment, e, nowMs);
        }
        cutEnd = segment.end();
        return true;
    }

    private boolean delete(Segment retired, long nowMs) {
        String name = Segment.name(retired.begin());
        try {
            retired.close();
            files.directory().delete(name);
        } catch (IOException e) {
            return failed(retired, e, nowMs);
        }
        files.deleted(retired);
        listener.segmentDeleted(name);
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // the same file
    private boolean failed(Segment segment, IOException cause, long nowMs) {
        retryMs = nowMs + RETRY_MS;
        if (told != segment) {
            told = segment;
            listener.segmentNotDeleted(Segment.name(segment.begin()), cause);
        }
        return false;
    }
}
