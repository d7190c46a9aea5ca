package io.ternmq.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Ends the files where the log ends: what is behind is cut and zeroed, and the bytes that nobody knows to be forced are
 * written once more before they are forced, because a page that failed to reach the disk may look clean.
 */
final class TailCut {
    private static final int STEP_BYTES = 1024 * 1024;

    private final FoundSegments segments;
    private final EntryScan scan;

    TailCut(FoundSegments segments, EntryScan scan) {
        this.segments = segments;
        this.scan = scan;
    }

    /**
     * Cuts everything behind the end.
     *
     * @return how many bytes that were not zero, up to the last of them
     */
    long cut(long end) throws IOException {
        long tornBytes = 0;
        while (segments.last().begin() > end) {
            Segment last = segments.last();
            scan.in(last);
            tornBytes += scan.lastNonZeroEnd(last.begin()) - last.begin();
            scan.in(segments.all().get(0)); // not to look into a closed file
            segments.deleteLast();
        }
        Segment last = segments.last();
        scan.in(last);
        long tornEnd = scan.lastNonZeroEnd(Math.max(end, last.begin()));
        tornBytes += Math.max(0, tornEnd - end);
        zero(last, end, tornEnd);
        segments.endAt(end);
        return tornBytes;
    }

    private static void zero(Segment segment, long from, long to) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(STEP_BYTES, Math.max(0, to - from)));
        for (long at = from; at < to; at += zeros.capacity()) {
            int bytes = (int) Math.min(zeros.capacity(), to - at);
            segment.file().write(zeros.clear().limit(bytes), at - segment.begin());
        }
    }

    /** The forced bytes up to {@code end} are lost: the log goes on in a new segment there, and what is left stays as it is. */
    void continueBehindLoss(long end) throws IOException {
        while (!segments.isEmpty() && segments.last().begin() >= end) {
            segments.deleteLast();
        }
        if (!segments.isEmpty()) {
            Segment last = segments.last();
            segments.endAt(Math.min(last.end(), end));
            last.file().truncate(end - last.begin());
        }
        segments.addEmpty(end);
    }

    /** Writes the bytes behind the known durable position again, but for those that the disk did not give, and forces files and names. */
    void force(long durablePosition) throws IOException {
        for (Segment segment : segments.all()) {
            scan.in(segment);
            rewrite(segment, Math.max(durablePosition, segment.begin()));
            if (segment.end() >= durablePosition) {
                segment.file().force();
            }
        }
        segments.forceNames();
    }

    private void rewrite(Segment segment, long from) throws IOException {
        long end = segment.end();
        long at = from;
        while (at < end) {
            int bytes = (int) Math.min(STEP_BYTES, end - at);
            ByteBuffer read = scan.bytes(at, bytes);
            long goodEnd = scan.unread().nextBegin(at, at + bytes);
            segment.file().write(read.limit(read.position() + (int) (goodEnd - at)), at - segment.begin());
            at = scan.unread().nextEnd(goodEnd, end);
        }
    }
}
