package io.ternmq.log;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Finds out the id of a log whose other files are missing: what the first entry of a segment says. */
final class LogIdProbe {
    private LogIdProbe() {}

    static long of(FoundSegments segments, long otherwise) {
        ByteBuffer header = ByteBuffer.allocate(EntryLayout.HEADER_BYTES).order(BIG_ENDIAN);
        for (Segment segment : segments.all()) {
            if (isWhole(segment, header.clear())
                    && header.getInt(EntryLayout.MAGIC) == EntryLayout.MAGIC_VALUE
                    && header.getLong(EntryLayout.POSITION) == segment.begin()) {
                return header.getLong(EntryLayout.LOG_ID);
            }
        }
        return otherwise;
    }

    private static boolean isWhole(Segment segment, ByteBuffer header) {
        try {
            return segment.file().read(header, 0) == EntryLayout.HEADER_BYTES;
        } catch (IOException e) {
            return false; // another segment says it, too
        }
    }
}
