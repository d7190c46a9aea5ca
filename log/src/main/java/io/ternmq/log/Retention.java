package io.ternmq.log;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Finds where the log should begin by age and size: whole segments, behind two verified checkpoints. Writer thread. */
final class Retention {
    private final SegmentFiles files;
    private final Checkpoints checkpoints;
    private final LogSettings.Retain retain;
    private final ByteBuffer header =
            ByteBuffer.allocateDirect(EntryLayout.HEADER_BYTES).order(BIG_ENDIAN);

    Retention(SegmentFiles files, Checkpoints checkpoints, LogSettings.Retain retain) {
        this.files = files;
        this.checkpoints = checkpoints;
        this.retain = retain;
    }

    /** @return a segment's first position; the log's own when nothing is to be deleted */
    long position(long nowMs) {
        Segment[] segments = files.all();
        long begin = segments[0].begin();
        List<CheckpointSummary> kept = checkpoints.kept();
        if (kept.size() < Checkpoints.KEPT) {
            return begin;
        }
        long limit =
                Math.min(kept.get(0).replay().position(), kept.get(1).replay().position());
        long end = files.writtenPosition();
        for (int i = 1; i < segments.length && segments[i].begin() <= limit; i++) {
            boolean tooLarge = end - begin > retain.bytesMax();
            if (!tooLarge && !isOld(segments[i], nowMs)) {
                break;
            }
            begin = segments[i].begin();
        }
        return begin;
    }

    /** @return whether all before the segment is too old; its own first entry is no older than the last one before it */
    private boolean isOld(Segment next, long nowMs) {
        if (nowMs - retain.ageMs() <= 0 || !next.hold()) {
            return false;
        }
        try {
            return next.file().read(header.clear(), 0) == EntryLayout.HEADER_BYTES
                    && header.getInt(EntryLayout.MAGIC) == EntryLayout.MAGIC_VALUE
                    && header.getLong(EntryLayout.TIME) < nowMs - retain.ageMs();
        } catch (IOException e) {
            return false; // asked again next time
        } finally {
            next.release();
        }
    }
}
