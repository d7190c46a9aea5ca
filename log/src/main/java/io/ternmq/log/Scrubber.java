package io.ternmq.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the whole log again and again, slowly, so that damage is known before a copy of the data has gone elsewhere too.
 * It goes only through what is forced, and rests for a day when it has come to the end. Maintenance thread.
 */
final class Scrubber implements Maintenance.Task, AutoCloseable {
    private static final long PASS_PAUSE_MS = 86_400_000;
    /** Less than this is not worth a round. */
    private static final int BUDGET_BYTES_MIN = 256 * 1024;
    /** However long nothing was read, no more than this is read in one round. */
    private static final int BUDGET_BYTES_MAX = 1024 * 1024;

    private final SegmentFiles files;
    private final LogForce force;
    private final Damage damage;
    private final long bytesPerSecond;
    private @Nullable EntryScan scan;
    private long logId;
    private long position;
    private long lastMs;
    private long pausedUntilMs;

    Scrubber(SegmentFiles files, LogForce force, Damage damage, long bytesPerSecond) {
        this.files = files;
        this.force = force;
        this.damage = damage;
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Starts with the log's id and at a position. */
    void resume(long newLogId, long from) {
        logId = newLogId;
        position = from;
    }

    /** @return up to where this pass has come */
    long position() {
        return position;
    }

    @Override
    public boolean work(long nowMs) throws IOException {
        if (bytesPerSecond == 0 || nowMs < pausedUntilMs) {
            return false;
        }
        long budget = Math.min(BUDGET_BYTES_MAX, (nowMs - lastMs) * bytesPerSecond / 1000);
        if (budget < BUDGET_BYTES_MIN) {
            return false;
        }
        lastMs = nowMs;
        long end = force.forcedPosition();
        position = Math.max(position, files.startPosition());
        if (position >= end) {
            position = 0;
            pausedUntilMs = nowMs + PASS_PAUSE_MS;
            return false;
        }
        scrub(Math.min(end, position + budget), end);
        return false; // a round a wake-up is the pace
    }

    private void scrub(long until, long end) throws IOException {
        EntryScan reader = scan == null ? new EntryScan(logId) : scan;
        scan = reader;
        while (position < until) {
            Segment segment = files.hold(position);
            if (segment == null) {
                return;
            }
            try {
                scrub(reader, segment, until, Math.min(end, segment.end()));
            } finally {
                segment.release();
            }
        }
    }

    private void scrub(EntryScan reader, Segment segment, long until, long end) throws IOException {
        reader.in(segment);
        while (position < Math.min(until, end)) {
            if (reader.read(position)) {
                checkRecords(reader.entry());
                position = reader.entry().next().position();
            } else {
                String reason = reader.problem();
                long next = reader.resync(position);
                long goodAt = next == EntryScan.NOT_FOUND ? segment.end() : next;
                damage.report(position, goodAt - position, reason);
                position = goodAt;
            }
        }
    }

    private void checkRecords(EntryView entry) {
        entry.beginRows();
        while (entry.nextRow()) {
            if (!entry.recordIsGood()) {
                damage.report(entry.recordPosition(), entry.recordBytes(), "the record's checksum does not match");
            }
        }
    }

    @Override
    public void close() {
        if (scan != null) {
            scan.close();
        }
    }
}
