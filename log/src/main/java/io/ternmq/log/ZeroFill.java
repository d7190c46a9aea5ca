package io.ternmq.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes zeros ahead of the writer and forces them, so that a force in the foreground finds only data, and a spare file
 * for the next segment. Stops before the disk's reserve, and looks again from time to time. Maintenance thread.
 */
final class ZeroFill implements Maintenance.Task {
    private static final int STEP_BYTES_MAX = 1024 * 1024;
    private static final long FULL_RETRY_MS = 500;

    private final SegmentFiles files;
    private final Room room;
    private final Failure failure;
    private final int aheadBytes;
    private final int stepBytes;
    private final long reserveBytes;
    private final ByteBuffer zeros;
    private long retryMs = Long.MIN_VALUE;

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
        if (room.full() && nowMs < retryMs) {
            return false;
        }
        Segment active = files.active();
        long limit = active.begin() + files.segmentBytes();
        boolean fills = active.filledEnd() - active.end() < aheadBytes && active.filledEnd() < limit;
        boolean spares = !fills
                && aheadBytes > 0
                && limit - active.end() <= aheadBytes
                && files.spare().filledBytes() == 0;
        if (!fills && !spares) {
            return lookForRoom(nowMs);
        }
        if (!hasRoom(fills ? stepBytes : aheadBytes, nowMs)) {
            return false;
        }
        try {
            return fills ? fill(active, limit) : spare();
        } catch (IOException e) {
            full(nowMs); // nothing but zeros was to be written
            return false;
        }
    }

    private boolean lookForRoom(long nowMs) {
        if (room.full()) {
            hasRoom(stepBytes, nowMs);
        }
        return false;
    }

    private boolean hasRoom(int bytes, long nowMs) {
        try {
            if (files.directory().usableBytes() - bytes >= reserveBytes) {
                room.full(false);
                return true;
            }
        } catch (IOException e) {
            // as good as full
        }
        full(nowMs);
        return false;
    }

    private void full(long nowMs) {
        room.full(true);
        retryMs = nowMs + FULL_RETRY_MS;
    }

    private boolean fill(Segment active, long limit) throws IOException {
        int bytes = (int) Math.min(stepBytes, limit - active.filledEnd());
        if (bytes <= 0 || !active.fill(zeros.clear().limit(bytes))) {
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
