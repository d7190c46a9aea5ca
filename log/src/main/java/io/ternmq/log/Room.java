package io.ternmq.log;

import java.io.IOException;
import org.agrona.concurrent.EpochClock;

/**
 * Whether what is about to be written fits on the disk. Zeros that are already written prove it; else the file system is
 * asked, not more often than every {@value #ASK_EVERY_MS} ms. Writer thread, but for {@link #full}.
 */
final class Room {
    private static final long ASK_EVERY_MS = 200;

    private final SegmentFiles files;
    private final long reserveBytes;
    private final long aheadBytesLow;
    private final EpochClock clock;
    private final LogListener listener;
    private long askedMs = Long.MIN_VALUE;
    private long usableBytes;
    private boolean told;
    /** Set by the thread that fills ahead, which looks again from time to time. */
    private volatile boolean full;

    Room(SegmentFiles files, LogSettings settings, EpochClock clock, LogListener listener) {
        this.files = files;
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
     * @param carried whether it may use the reserve
     */
    boolean holds(long bytes, boolean carried) {
        Segment active = files.active();
        boolean holds = bytes <= active.filledEnd() - active.end() || askDisk(bytes, carried);
        if (!carried && holds == told) {
            told = !holds;
            listener.diskFull(!holds);
        }
        return holds;
    }

    private boolean askDisk(long bytes, boolean carried) {
        if (full && !carried) {
            return false;
        }
        long nowMs = clock.time();
        if (nowMs - askedMs >= ASK_EVERY_MS || nowMs < askedMs || askedMs == Long.MIN_VALUE) {
            askedMs = nowMs;
            usableBytes = usableBytes();
        }
        boolean holds = usableBytes - bytes >= (carried ? 0 : reserveBytes);
        if (holds) {
            usableBytes -= bytes;
        }
        return holds;
    }

    private long usableBytes() {
        try {
            return files.directory().usableBytes();
        } catch (IOException e) {
            return 0; // a disk that does not answer takes nothing
        }
    }
}
