package io.ternmq.log.index;

import io.ternmq.log.storage.LogDirectory;
import io.ternmq.log.storage.OpenMode;
import io.ternmq.log.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Writes a run: entries in order, then the header, a force, the name. Until then it does not exist. */
final class KeyRunWriter implements AutoCloseable {
    private static final int BUFFER_ENTRY_COUNT = 2048;

    private final LogDirectory directory;
    private final String unfinishedName;
    private final StorageFile file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_ENTRY_COUNT * KeyRunLayout.ENTRY_BYTES);
    private final CRC32C crc = new CRC32C();
    private long writtenBytes = KeyRunLayout.HEADER_BYTES;
    private long count;
    private long minTimeMs = Long.MAX_VALUE;
    private long maxTimeMs = Long.MIN_VALUE;

    KeyRunWriter(LogDirectory directory, String unfinishedName) throws IOException {
        this.directory = directory;
        this.unfinishedName = unfinishedName;
        this.file = directory.open(unfinishedName, OpenMode.CREATE);
    }

    void append(long hash, long position, long timeMs) throws IOException {
        if (!buffer.hasRemaining()) {
            flush();
        }
        buffer.putLong(hash).putLong(position).putLong(timeMs);
        count++;
        minTimeMs = Math.min(minTimeMs, timeMs);
        maxTimeMs = Math.max(maxTimeMs, timeMs);
    }

    private void flush() throws IOException {
        buffer.flip();
        crc.update(buffer.duplicate());
        int bytes = buffer.remaining();
        file.write(buffer, writtenBytes);
        writtenBytes += bytes;
        buffer.clear();
    }

    long count() {
        return count;
    }

    /** Gives the run its header and its name, both durable. */
    KeyRun finish(int level, long firstPosition, long lastPosition, long positionBefore) throws IOException {
        flush();
        KeyRunSpan span = new KeyRunSpan(
                level, count, firstPosition, lastPosition, positionBefore, minTimeMs, maxTimeMs, (int) crc.getValue());
        file.write(span.toHeader(), 0);
        file.force();
        directory.rename(unfinishedName, span.fileName());
        directory.force();
        return KeyRun.open(directory, span.fileName());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
