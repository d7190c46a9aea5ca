package io.ternmq.log;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.ternmq.log.storage.LogDirectory;
import io.ternmq.log.storage.OpenMode;
import io.ternmq.log.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The file {@code durable}: how far the log is known to be forced. Two slots are written in turn, each after a force of
 * the log, so that whichever slot a crash leaves says nothing but the truth. The file itself is forced from time to time
 * only: after a power cut it may know less than the truth.
 * <pre>
 *   0 and 4096
 *   +-------+-------+----------+----------+----------+----------+
 *   | magic | format| sequence |  log id  | position | CRC-32C  |
 *   |   4   |   4   |    8     |    8     |    8     |    4     |
 *   +-------+-------+----------+----------+----------+----------+
 * </pre>
 */
final class DurableMark implements AutoCloseable {
    static final String NAME = "durable";

    private static final int MAGIC_VALUE = 0x54454455; // "TEDU"
    private static final int FORMAT_VALUE = 1;
    private static final int SEQUENCE = 8;
    private static final int LOG_ID = 16;
    private static final int POSITION = 24;
    private static final int CHECKSUM = 32;
    private static final int SLOT_BYTES = 36;
    private static final int SLOT_DISTANCE = 4096;

    private final StorageFile file;
    private final RangeChecksum checksum = new RangeChecksum();
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(SLOT_BYTES);
    private final UnsafeBuffer slot = new UnsafeBuffer(bytes);
    private boolean known;
    private long sequence;
    private long logId;
    private long position;
    private boolean forced = true;

    private DurableMark(StorageFile file) {
        this.file = file;
    }

    /** Reads what is known; an unknown mark has no good slot. */
    static DurableMark open(LogDirectory directory) throws IOException {
        boolean exists = directory.list().contains(NAME);
        DurableMark mark = new DurableMark(directory.open(NAME, exists ? OpenMode.WRITE : OpenMode.CREATE));
        mark.readSlot(0);
        mark.readSlot(SLOT_DISTANCE);
        if (!exists) {
            directory.force();
        }
        return mark;
    }

    private void readSlot(long at) {
        if (!isWhole(at)
                || slot.getInt(0, BIG_ENDIAN) != MAGIC_VALUE
                || slot.getInt(CHECKSUM, BIG_ENDIAN) != checksum.of(bytes, 0, CHECKSUM)
                || slot.getLong(SEQUENCE, BIG_ENDIAN) <= sequence) {
            return;
        }
        known = true;
        sequence = slot.getLong(SEQUENCE, BIG_ENDIAN);
        logId = slot.getLong(LOG_ID, BIG_ENDIAN);
        position = slot.getLong(POSITION, BIG_ENDIAN);
    }

    /** A slot that cannot be read is as good as none: the mark then says less than the truth, as it may. */
    private boolean isWhole(long at) {
        try {
            return file.read(bytes.clear(), at) == SLOT_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    synchronized boolean known() {
        return known;
    }

    synchronized long logId() {
        return logId;
    }

    synchronized long position() {
        return position;
    }

    /** Notes that the log has been forced up to a position. */
    synchronized void note(long newLogId, long newPosition) throws IOException {
        sequence++;
        slot.putInt(0, MAGIC_VALUE, BIG_ENDIAN);
        slot.putInt(Integer.BYTES, FORMAT_VALUE, BIG_ENDIAN);
        slot.putLong(SEQUENCE, sequence, BIG_ENDIAN);
        slot.putLong(LOG_ID, newLogId, BIG_ENDIAN);
        slot.putLong(POSITION, newPosition, BIG_ENDIAN);
        slot.putInt(CHECKSUM, checksum.of(bytes, 0, CHECKSUM), BIG_ENDIAN);
        file.write(bytes.clear(), (sequence & 1) * SLOT_DISTANCE);
        known = true;
        logId = newLogId;
        position = newPosition;
        forced = false;
    }

    /** @return whether there was something to force */
    boolean force() throws IOException {
        synchronized (this) {
            if (forced) {
                return false;
            }
            forced = true;
        }
        file.force();
        return true;
    }

    @Override
    public void close() throws IOException {
        force();
        file.close();
    }
}
