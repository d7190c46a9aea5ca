package io.ternmq.log;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Finds out the id of a log whose other files are missing: what the first entry of a segment says. */
final class LogIdProbe {
    private LogIdProbe() {}

    static long of(FoundSegments segments, long otherwise) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(EntryLayout.HEADER_BYTES).order(BIG_ENDIAN);
        for (Segment segment : segments.all()) {
            boolean whole = segment.file().read(header.clear(), 0) == EntryLayout.HEADER_BYTES;
            if (whole
                    && header.getInt(EntryLayout.MAGIC) == EntryLayout.MAGIC_VALUE
                    && header.getLong(EntryLayout.POSITION) == segment.begin()) {
                return header.getLong(EntryLayout.LOG_ID);
            }
        }
        return otherwise;
    }
}
