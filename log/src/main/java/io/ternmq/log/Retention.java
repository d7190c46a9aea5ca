package io.ternmq.log;

import java.io.IOException;
import java.util.List;

/** Finds where the log should begin by age and size: whole segments, behind two verified checkpoints. Writer thread. */
final class Retention {
    private static final long UNREADABLE = Segment.TIME_UNKNOWN;

    private final SegmentFiles files;
    private final Checkpoints checkpoints;
    private final LogSettings.Retain retain;
    private final EntryAround entryAround;
    private final ReadScratch scratch = new ReadScratch();

    Retention(SegmentFiles files, Checkpoints checkpoints, LogSettings.Retain retain, EntryAround entryAround) {
        this.files = files;
        this.checkpoints = checkpoints;
        this.retain = retain;
        this.entryAround = entryAround;
    }

    /** @return a segment's first position, not behind {@code needed}; the log's own when nothing is to be deleted */
    long position(long nowMs, long needed) {
        Segment[] segments = files.all();
        long begin = segments[0].begin();
        List<CheckpointSummary> kept = checkpoints.kept();
        if (kept.size() < Checkpoints.KEPT) {
            return begin;
        }
        long limit = Math.min(
                needed,
                Math.min(kept.get(0).replay().position(), kept.get(1).replay().position()));
        long end = files.writtenPosition();
        for (int i = 1; i < segments.length && segments[i].begin() <= limit; i++) {
            boolean tooLarge = end - begin > retain.bytesMax();
            long firstMs = firstTimeMs(segments[i]);
            if (!tooLarge && firstMs == UNREADABLE) {
                continue; // the next one speaks for it
            }
            if (!tooLarge && firstMs >= nowMs - retain.ageMs()) {
                break;
            }
            begin = segments[i].begin();
        }
        return begin;
    }

    /** @return the time of the segment's first entry: no entry before it is younger. One that is damaged could say anything */
    private long firstTimeMs(Segment segment) {
        if (segment.firstTimeMs() != UNREADABLE || !segment.hold()) {
            return segment.firstTimeMs();
        }
        try {
            if (entryAround.load(segment, segment.begin(), segment.end(), scratch)) {
                segment.firstTimeMs(scratch.entry().timeMs());
            }
            return segment.firstTimeMs();
        } catch (IOException e) {
            return UNREADABLE; // asked again next time
        } finally {
            segment.release();
            scratch.shrink();
        }
    }
}
