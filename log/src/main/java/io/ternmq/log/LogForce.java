package io.ternmq.log;

import java.io.IOException;

/** Forces the log and notes how far. The writer forces inline; the maintenance thread does when asked; one at a time. */
final class LogForce {
    private final SegmentFiles files;
    private final DurableMark durable;
    private final Failure failure;
    private volatile long forcedPosition;
    private volatile long logId;
    private long notedPosition;

    LogForce(SegmentFiles files, DurableMark durable, Failure failure) {
        this.files = files;
        this.durable = durable;
        this.failure = failure;
    }

    synchronized void resume(long newLogId, long newForcedPosition) {
        logId = newLogId;
        forcedPosition = newForcedPosition;
        notedPosition = newForcedPosition;
    }

    long forcedPosition() {
        return forcedPosition;
    }

    long logId() {
        return logId;
    }

    /**
     * Forces the mark itself.
     *
     * @return whether there was something to force
     */
    boolean forceMark() {
        try {
            return !failure.failed() && durable.force();
        } catch (IOException e) {
            throw failure.fail("force of the durable mark", e);
        }
    }

    /** Returns once everything that was written before the call is on the disk, and that is noted. */
    synchronized void force() {
        forceRecords();
        note();
    }

    /**
     * Returns once everything that was written before the call is on the disk. {@link #note} follows when nobody waits any
     * more: until then a crash finds the mark a little behind the truth, as it may be anyway.
     */
    synchronized void forceRecords() {
        failure.check();
        long target = files.writtenPosition();
        if (target <= forcedPosition) {
            return;
        }
        try {
            files.force(forcedPosition);
        } catch (IOException e) {
            throw failure.fail("force of the log", e);
        }
        forcedPosition = target;
    }

    /** Notes how far the log is forced; does nothing when that is noted. */
    synchronized void note() {
        failure.check();
        if (notedPosition >= forcedPosition) {
            return;
        }
        try {
            durable.note(logId, forcedPosition);
        } catch (IOException e) {
            throw failure.fail("write of the durable mark", e);
        }
        notedPosition = forcedPosition;
    }
}
