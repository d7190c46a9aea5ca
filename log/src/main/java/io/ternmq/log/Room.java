package io.ternmq.log;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.EpochClock;

/**
 * Whether what is about to be written fits on the disk. The file system is asked, not more often than every {@value
 * #ASK_EVERY_MS} ms unless there is little left. What clients send needs the reserve to be free; control records and what the
 * log carries along may use the reserve and, when that is gone, the zeros that are already written: these are as good as
 * space that nobody else can take. Writer thread, but for {@link #full}.
 */
final class Room {
    private static final long ASK_EVERY_MS = 200;
    /** With less than this, or than the reserve, files of the index are made before they are needed; the file system is asked after each write. */
    private static final long LITTLE_BYTES = 16L * 1024 * 1024;
    /** A write that failed while there was no more room than this beside its bytes did so because of that. */
    private static final long SLACK_BYTES = 1024 * 1024;

    private final SegmentFiles files;
    private final BooleanSupplier indexRoom;
    private final long reserveBytes;
    private final long aheadBytesLow;
    private final EpochClock clock;
    private final LogListener listener;
    private long askedMs = Long.MIN_VALUE;
    private long askedPosition;
    private long usableBytes;
    private boolean stalled;
    private boolean told;
    /** Set by the thread that fills ahead, which looks again from time to time. */
    private volatile boolean full;

    /** @param indexRoom makes sure that the indexes take what a command brings, whatever the disk has; says whether they do */
    Room(SegmentFiles files, BooleanSupplier indexRoom, LogSettings settings, EpochClock clock, LogListener listener) {
        this.files = files;
        this.indexRoom = indexRoom;
        this.reserveBytes = settings.reserveBytes();
        this.aheadBytesLow = settings.zeroFillAheadBytes() / 2;
        this.clock = clock;
        this.listener = listener;
    }

    void full(boolean newFull) {
        full = newFull;
    }

    boolean full() {
        return full;
    }

    /** @return whether the zeros ahead run short, though there is room for more */
    boolean wantsFill() {
        Segment active = files.active();
        return !full && active.filledEnd() - active.end() < aheadBytesLow;
    }

    /**
     * @param bytes what will be written, with what waits in the batch
     * @param carried whether it may use the reserve and the zeros
     */
    boolean holds(long bytes, boolean carried) {
        long nowMs = clock.time();
        boolean isNew = askAgain(nowMs);
        boolean holds = admits(bytes, carried);
        if (!holds && carried && !isNew) {
            ask(nowMs); // there may be room again, and what the log carries may get no second chance
            holds = admits(bytes, true);
        }
        if (!holds) {
            tell(true);
        } else if (!carried) {
            tell(false);
        }
        return holds;
    }

    private boolean admits(long bytes, boolean carried) {
        return !stalled
                && (carried ? isFilled(bytes) || isFree(bytes) : !full && isFree(bytes + reserveBytes))
                && (isFree(bytes + Math.max(reserveBytes, LITTLE_BYTES)) || indexRoom.getAsBoolean());
    }

    /**
     * A write has failed. When that was for want of room, nothing else {@link #holds} until {@link #written}.
     *
     * @return whether it was, and the same bytes may be written once there is room
     */
    boolean isStalledBy(long bytes) {
        ask(clock.time());
        stalled = usableBytes < bytes + SLACK_BYTES;
        if (stalled) {
            tell(true);
        }
        return stalled;
    }

    /** Everything that was to be written is. */
    void written() {
        stalled = false;
    }

    private void tell(boolean isFull) {
        if (isFull != told) {
            told = isFull;
            listener.diskFull(isFull);
        }
    }

    /** Whether zeros are where the bytes will come to lie: ahead in this segment, or in the next one. */
    private boolean isFilled(long bytes) {
        Segment active = files.active();
        return bytes <= active.filledEnd() - active.end()
                || (active.filledEnd() >= active.begin() + files.segmentBytes()
                        && bytes <= files.spare().filledBytes());
    }

    private boolean isFree(long bytes) {
        return usableBytes - (files.writtenPosition() - askedPosition) >= bytes;
    }

    /** @return whether the file system was asked */
    private boolean askAgain(long nowMs) {
        boolean isOld = nowMs - askedMs >= ASK_EVERY_MS || nowMs < askedMs || askedMs == Long.MIN_VALUE;
        boolean isDue = isOld || (usableBytes < reserveBytes + LITTLE_BYTES && files.writtenPosition() > askedPosition);
        if (isDue) {
            ask(nowMs);
        }
        return isDue;
    }

    private void ask(long nowMs) {
        askedMs = nowMs;
        askedPosition = files.writtenPosition();
        try {
            usableBytes = files.directory().usableBytes();
        } catch (IOException e) {
            usableBytes = 0; // a disk that does not answer takes nothing
        }
    }
}
