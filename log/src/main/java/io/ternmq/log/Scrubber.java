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
    /** A bad page may take the disk seconds: so many are tried in one round, and then others have their turn. */
    private static final int UNREAD_PAGES_MAX = 4;

    private static final long UNREAD_PAUSE_MS = 10_000;

    private final SegmentFiles files;
    private final LogForce force;
    private final Damage damage;
    private final long bytesPerSecond;
    private final UnreadPages unread = new UnreadPages(UNREAD_PAGES_MAX);
    private @Nullable EntryScan scan;
    /** No entry is known to begin at the position: the disk gave too little to find the next one. */
    private boolean lost;

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
    public boolean work(long nowMs) {
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
            lost = false;
            pausedUntilMs = nowMs + PASS_PAUSE_MS;
            return false;
        }
        unread.clear();
        scrub(Math.min(end, position + budget), end);
        if (!unread.isEmpty()) {
            pausedUntilMs = nowMs + UNREAD_PAUSE_MS;
        }
        return false; // a round a wake-up is the pace
    }

    private void scrub(long until, long end) {
        EntryScan reader = scan == null ? new EntryScan(logId, unread) : scan;
        scan = reader;
        boolean more = true;
        while (more && position < until) {
            Segment segment = files.hold(position);
            if (segment == null) {
                return;
            }
            try {
                more = scrub(reader, segment, until, Math.min(end, segment.end()));
            } finally {
                segment.release();
            }
        }
    }

    /** @return false when the disk gives too little to go on for now */
    private boolean scrub(EntryScan reader, Segment segment, long until, long end) {
        reader.in(segment);
        while (position < Math.min(until, end)) {
            try {
                step(reader, segment);
            } catch (IOException e) {
                giveUp(segment, e);
                return false;
            }
        }
        return true;
    }

    private void step(EntryScan reader, Segment segment) throws IOException {
        if (!lost && reader.read(position)) {
            checkRecords(reader);
            position = reader.entry().next().position();
            return;
        }
        String reason = reader.problem();
        long next = reader.resync(position);
        long goodAt = next == EntryScan.NOT_FOUND ? segment.end() : next;
        if (!lost) {
            damage.report(position, goodAt - position, reason);
        }
        lost = false;
        position = goodAt;
    }

    /** Goes on behind what was tried, with the next round. */
    private void giveUp(Segment segment, IOException cause) {
        long triedEnd = Math.min(segment.end(), Math.max(position + 1, unread.end()));
        if (!lost) {
            damage.report(position, triedEnd - position, "cannot be read: " + cause.getMessage());
        }
        position = triedEnd;
        lost = triedEnd < segment.end();
    }

    private void checkRecords(EntryScan reader) {
        EntryView entry = reader.entry();
        entry.beginRows();
        while (entry.nextRow()) {
            if (!entry.recordIsGood()) {
                damage.report(entry.recordPosition(), entry.recordBytes(), reader.recordProblem());
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
