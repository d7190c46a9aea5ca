package io.ternmq.log;

import io.ternmq.log.index.IndexMismatchException;
import io.ternmq.log.storage.OpenMode;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens what is in the folder: the newest good checkpoint, what lies behind it, and a clean end. See {@code docs/storage-format.md}. */
final class Recovery {
    /**
     * What was found.
     *
     * @param next what the next entry continues; the log is forced up to its position
     * @param unread what the disk did not give of what was replayed
     */
    record Outcome(long logId, ChainLink next, RecoveryReport report, List<UnreadPages.Part> unread) {}

    private final Indexes indexes;
    private final LogState state;
    private final SegmentFiles files;
    private final DurableMark durable;
    private final Checkpoints checkpoints;
    private final Damage damage;
    private final PublishedBounds bounds;

    Recovery(
            Indexes indexes,
            LogState state,
            SegmentFiles files,
            DurableMark durable,
            Checkpoints checkpoints,
            Damage damage,
            PublishedBounds bounds) {
        this.indexes = indexes;
        this.state = state;
        this.files = files;
        this.durable = durable;
        this.checkpoints = checkpoints;
        this.damage = damage;
        this.bounds = bounds;
    }

    /** @param newLogId the id of a log that is made here */
    Outcome run(long newLogId) throws IOException {
        files.spare().discard();
        int refusedCheckpoints = checkpoints.verifyAll();
        List<CheckpointSummary> good = checkpoints.kept();
        @Nullable CheckpointSummary checkpoint = good.isEmpty() ? null : good.get(0);
        FoundSegments found = FoundSegments.open(files.directory(), OpenMode.WRITE);
        try {
            if (found.isEmpty() && checkpoint == null) {
                return create(found, newLogId);
            }
            refuseWithoutBeginning(found, checkpoint, refusedCheckpoints);
            long logId = logId(found, checkpoint, newLogId);
            try (EntryScan scan = new EntryScan(logId, new UnreadPages(UnreadPages.COUNT_MAX))) {
                return recover(found, scan, checkpoint, logId, refusedCheckpoints);
            }
        } catch (IOException | RuntimeException e) {
            found.close();
            throw e;
        }
    }

    private Outcome create(FoundSegments found, long newLogId) throws IOException {
        if (durable.known() && durable.position() > 0) {
            throw new LogRefusedException("log: no segment and no checkpoint (expected: a log of "
                    + durable.position() + " bytes, as the file " + DurableMark.NAME
                    + " says); put the files back, or take that file away, too, to begin with an empty log");
        }
        durable.note(newLogId, 0);
        durable.force();
        found.addEmpty(0);
        found.forceNames();
        files.resume(found.all());
        indexes.createEmpty();
        indexes.recovered();
        return new Outcome(newLogId, ChainLink.FIRST, new RecoveryReport(0, 0, 0, 0, 0, 0, false, null), List.of());
    }

    private static void refuseWithoutBeginning(
            FoundSegments found, @Nullable CheckpointSummary checkpoint, int refusedCheckpoints) {
        if (checkpoint == null && found.begin() > 0) {
            throw new LogRefusedException("log: it begins at " + found.begin() + " and no checkpoint is good ("
                    + refusedCheckpoints + " are not; expected: one good checkpoint, or the log from 0 on);"
                    + " put back the checkpoint files of this folder");
        }
    }

    private long logId(FoundSegments found, @Nullable CheckpointSummary checkpoint, long newLogId) throws IOException {
        if (checkpoint != null) {
            return checkpoint.logId();
        }
        return durable.known() ? durable.logId() : LogIdProbe.of(found, newLogId);
    }

    private Outcome recover(
            FoundSegments found,
            EntryScan scan,
            @Nullable CheckpointSummary checkpoint,
            long logId,
            int refusedCheckpoints)
            throws IOException {
        boolean markKnown = durable.known() && durable.logId() == logId;
        long durablePosition = markKnown ? durable.position() : 0;
        ChainLink from = ChainLink.FIRST;
        IndexReplay index = new IndexReplay(indexes);
        boolean rebuilt = false;
        if (checkpoint == null) {
            indexes.createEmpty();
        } else {
            durablePosition = Math.max(durablePosition, checkpoint.position());
            from = checkpoint.replay();
            bounds.start(Math.max(bounds.startPosition(), checkpoint.startPosition()));
            rebuilt = restore(found, scan, checkpoint, index);
        }
        Replay replay = new Replay(index, state);
        ReplayScan replayScan = new ReplayScan(found, scan, replay, damage, durablePosition, markKnown);
        ChainLink next = replayScan.run(from);
        List<UnreadPages.Part> unread = scan.unread().within(from.position(), next.position());
        if (index.mismatched()) {
            rebuilt = true;
            rebuild(found, scan, checkpoint, index, next.position());
        }
        indexes.recovered();
        long tornBytes = finish(found, scan, next.position(), replayScan.tailLost(), durablePosition);
        durable.note(logId, next.position());
        durable.force();
        files.resume(found.all());
        return new Outcome(
                logId,
                next,
                new RecoveryReport(
                        from.position(),
                        next.position() - from.position(),
                        tornBytes,
                        replay.damagedRecordCount(),
                        replay.damagedEntryCount(),
                        refusedCheckpoints,
                        rebuilt,
                        replay.readOnlyReason()),
                unread);
    }

    /** @return whether the indexes had to be made anew */
    private boolean restore(FoundSegments found, EntryScan scan, CheckpointSummary checkpoint, IndexReplay index)
            throws IOException {
        CheckpointRestore restore = new CheckpointRestore(checkpoints, indexes, state);
        if (restore.restore(checkpoint)) {
            return false;
        }
        rebuild(found, scan, checkpoint, index, checkpoint.replay().position());
        return true;
    }

    private void rebuild(
            FoundSegments found, EntryScan scan, @Nullable CheckpointSummary checkpoint, IndexReplay index, long end)
            throws IOException {
        if (checkpoint == null) {
            indexes.createEmpty();
        } else {
            new CheckpointRestore(checkpoints, indexes, state).restoreEnds(checkpoint);
        }
        index.begin();
        index.run(found, scan, bounds.startPosition(), end);
        if (index.mismatched()) {
            throw new IndexMismatchException("index: it contradicts the log even when made anew from it");
        }
    }

    private static long finish(FoundSegments found, EntryScan scan, long end, boolean tailLost, long durablePosition)
            throws IOException {
        TailCut tail = new TailCut(found, scan);
        long tornBytes = 0;
        if (tailLost) {
            tail.continueBehindLoss(end);
        } else {
            tornBytes = tail.cut(end);
        }
        tail.force(Math.min(durablePosition, end));
        return tornBytes;
    }
}
