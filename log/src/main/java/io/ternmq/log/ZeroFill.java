package io.ternmq.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes zeros ahead of the writer and forces them, so that a force in the foreground finds only data, and a spare file
 * for the next segment. Stops before the disk's reserve, and looks again from time to time. Where the reserve is touched it
 * uses some of that for a few zeros more: they are the control records', whoever takes the rest. Maintenance thread.
 */
final class ZeroFill implements Maintenance.Task {
    private static final int STEP_BYTES_MAX = 1024 * 1024;
    private static final long LOOK_EVERY_MS = 500;
    /** So many zeros are kept ahead on a full disk, in steps. */
    private static final int KEPT_BYTES = 512 * 1024;

    private static final int KEPT_STEP_BYTES = 64 * 1024;

    private final SegmentFiles files;
    private final Room room;
    private final Failure failure;
    private final int aheadBytes;
    private final int stepBytes;
    private final long reserveBytes;
    private final ByteBuffer zeros;
    private long lookMs = Long.MIN_VALUE;

    ZeroFill(SegmentFiles files, Room room, Failure failure, LogSettings settings) {
        this.files = files;
        this.room = room;
        this.failure = failure;
        this.aheadBytes = settings.zeroFillAheadBytes();
        this.stepBytes = Math.min(STEP_BYTES_MAX, Math.max(1, Math.min(aheadBytes, settings.segmentBytes())));
        this.reserveBytes = settings.reserveBytes();
        this.zeros = ByteBuffer.allocateDirect(stepBytes);
    }

    @Override
    public boolean work(long nowMs) {
        if (room.full() && nowMs < lookMs) {
            return false;
        }
        Segment active = files.active();
        long limit = active.begin() + files.segmentBytes();
        boolean fills = active.filledEnd() - active.end() < aheadBytes && active.filledEnd() < limit;
        boolean spares = !fills
                && aheadBytes > 0
                && limit - active.end() <= aheadBytes
                && files.spare().filledBytes() == 0;
        if (!fills && !spares && nowMs < lookMs) {
            return false;
        }
        try {
            if (!hasRoom(fills ? stepBytes : spares ? aheadBytes : 1, nowMs)) {
                return keep(active, limit);
            }
            return fills ? fill(active, limit, zeros) : spares && spare();
        } catch (IOException e) {
            full(nowMs); // nothing but zeros was to be written
            return false;
        }
    }

    private boolean hasRoom(int bytes, long nowMs) throws IOException {
        lookMs = nowMs + LOOK_EVERY_MS;
        boolean isFull = files.directory().usableBytes() - bytes < reserveBytes;
        room.full(isFull);
        return !isFull;
    }

    private void full(long nowMs) {
        room.full(true);
        lookMs = nowMs + LOOK_EVERY_MS;
    }

    private boolean keep(Segment active, long limit) throws IOException {
        boolean isShort = active.filledEnd() - active.end() < KEPT_BYTES;
        boolean hasSome = files.directory().usableBytes() >= KEPT_STEP_BYTES;
        return isShort && hasSome && fill(active, limit, ByteBuffer.allocate(KEPT_STEP_BYTES));
    }

    private boolean fill(Segment active, long limit, ByteBuffer step) throws IOException {
        int bytes = (int) Math.min(step.capacity(), limit - active.filledEnd());
        if (bytes <= 0 || !active.fill(step.clear().limit(bytes))) {
            return false;
        }
        try {
            active.file().force();
        } catch (IOException e) {
            throw failure.fail("force of a segment", e); // it may have been the writer's bytes
        }
        return true;
    }

    private boolean spare() throws IOException {
        files.spare().prepare(zeros.clear(), Math.max(1, aheadBytes / stepBytes));
        return true;
    }
}
