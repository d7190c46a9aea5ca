package io.ternmq.log;

import java.io.IOException;

/** Forces the log and notes how far. The writer forces inline; the maintenance thread does when asked; one at a time. */
final class LogForce {
    private final SegmentFiles files;
    private final DurableMark durable;
    private final Failure failure;
    private volatile long forcedPosition;
    private volatile long logId;

    LogForce(SegmentFiles files, DurableMark durable, Failure failure) {
        this.files = files;
        this.durable = durable;
        this.failure = failure;
    }

    synchronized void resume(long newLogId, long newForcedPosition) {
        logId = newLogId;
        forcedPosition = newForcedPosition;
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

    /** Returns once everything that was written before the call is on the disk. */
    synchronized void force() {
        failure.check();
        long target = files.writtenPosition();
        if (target <= forcedPosition) {
            return;
        }
        try {
            files.force(forcedPosition);
            durable.note(logId, target);
        } catch (IOException e) {
            throw failure.fail("force of the log", e);
        }
        forcedPosition = target;
    }
}
