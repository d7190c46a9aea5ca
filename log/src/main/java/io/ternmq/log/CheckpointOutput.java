package io.ternmq.log;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.ternmq.log.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes the file of a checkpoint. Maintenance thread. */
final class CheckpointOutput implements AutoCloseable {
    private final StorageFile file;
    private final RangeChecksum checksum = new RangeChecksum();
    private final CRC32C slicesChecksum = new CRC32C();
    private final GrowingBuffer buffer =
            new GrowingBuffer(64 * 1024, CheckpointLayout.SLICE_BYTES_MAX + CheckpointLayout.SLICE_BYTES);
    private long length;
    private int sliceCount;

    CheckpointOutput(StorageFile file) {
        this.file = file;
    }

    void writeHeader(long logId, ChainLink replay, long startPosition) throws IOException {
        UnsafeBuffer out = buffer.buffer();
        out.putInt(CheckpointLayout.MAGIC, CheckpointLayout.MAGIC_VALUE, BIG_ENDIAN);
        out.putInt(CheckpointLayout.FORMAT, CheckpointLayout.FORMAT_VALUE, BIG_ENDIAN);
        out.putLong(CheckpointLayout.LOG_ID, logId, BIG_ENDIAN);
        out.putLong(CheckpointLayout.REPLAY_POSITION, replay.position(), BIG_ENDIAN);
        out.putLong(CheckpointLayout.ENTRY_INDEX, replay.entryIndex(), BIG_ENDIAN);
        out.putInt(CheckpointLayout.PREVIOUS_CHECKSUM, replay.previousChecksum(), BIG_ENDIAN);
        out.putLong(CheckpointLayout.TIME, replay.timeMs(), BIG_ENDIAN);
        out.putLong(CheckpointLayout.START_POSITION, startPosition, BIG_ENDIAN);
        out.putInt(
                CheckpointLayout.HEADER_CHECKSUM,
                checksum.of(buffer.bytes(), 0, CheckpointLayout.HEADER_CHECKSUM),
                BIG_ENDIAN);
        write(CheckpointLayout.HEADER_BYTES);
    }

    void writeSlice(CheckpointSlice slice) throws IOException {
        DirectBuffer bytes = slice.bytes().buffer();
        int count = slice.bytes().length();
        buffer.ensure(CheckpointLayout.SLICE_BYTES + count, 0);
        UnsafeBuffer out = buffer.buffer();
        out.putBytes(CheckpointLayout.SLICE_BYTES, bytes, 0, count);
        out.putInt(CheckpointLayout.OWNER, slice.owner(), BIG_ENDIAN);
        out.putInt(CheckpointLayout.NUMBER, slice.number(), BIG_ENDIAN);
        out.putLong(CheckpointLayout.STAMP, slice.stamp(), BIG_ENDIAN);
        out.putInt(CheckpointLayout.LENGTH, count, BIG_ENDIAN);
        int headChecksum = checksum.of(buffer.bytes(), 0, CheckpointLayout.SLICE_CHECKSUM);
        out.putInt(CheckpointLayout.SLICE_CHECKSUM, headChecksum, BIG_ENDIAN);
        int bytesChecksum = checksum.of(buffer.bytes(), CheckpointLayout.SLICE_BYTES, count);
        out.putInt(CheckpointLayout.BYTES_CHECKSUM, bytesChecksum, BIG_ENDIAN);
        addChecksums(slicesChecksum, headChecksum, bytesChecksum);
        sliceCount++;
        write(CheckpointLayout.SLICE_BYTES + count);
    }

    static void addChecksums(CRC32C sum, int first, int second) {
        sum.update(ByteBuffer.allocate(Long.BYTES).putInt(first).putInt(second).flip());
    }

    /** Ends the file and forces it. */
    void writeEnd(long position) throws IOException {
        UnsafeBuffer out = buffer.buffer();
        out.putInt(CheckpointLayout.OWNER, CheckpointLayout.OWNER_END, BIG_ENDIAN);
        out.putInt(CheckpointLayout.END_SLICE_COUNT, sliceCount, BIG_ENDIAN);
        out.putLong(CheckpointLayout.END_POSITION, position, BIG_ENDIAN);
        out.putLong(CheckpointLayout.END_FILE_BYTES, length + CheckpointLayout.END_BYTES, BIG_ENDIAN);
        out.putInt(CheckpointLayout.END_SLICES_CHECKSUM, (int) slicesChecksum.getValue(), BIG_ENDIAN);
        out.putInt(
                CheckpointLayout.END_CHECKSUM,
                checksum.of(buffer.bytes(), 0, CheckpointLayout.END_CHECKSUM),
                BIG_ENDIAN);
        write(CheckpointLayout.END_BYTES);
        file.force();
    }

    private void write(int bytes) throws IOException {
        file.write(buffer.range(0, bytes), length);
        length += bytes;
    }

    @Override
    public void close() throws IOException {
        buffer.close();
        file.close();
    }
}
