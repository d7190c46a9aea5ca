package io.ternmq.log;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.ternmq.log.storage.SliceInput;
import io.ternmq.log.storage.StorageFile;
import java.io.IOException;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Reads the file of a checkpoint and checks all of it. For one thread. */
final class CheckpointInput implements AutoCloseable {
    /** Takes the slices. */
    interface SliceSink {
        void slice(int owner, int number, long stamp, SliceInput in) throws IOException;
    }

    private final String name;
    private final StorageFile file;
    private final RangeChecksum checksum = new RangeChecksum();
    private final GrowingBuffer buffer = new GrowingBuffer(64 * 1024, CheckpointLayout.SLICE_BYTES_MAX);
    private final CRC32C slicesChecksum = new CRC32C();
    private long at;
    private int sliceCount;

    CheckpointInput(String name, StorageFile file) {
        this.name = name;
        this.file = file;
    }

    /**
     * Reads the whole file.
     *
     * @param sink gets every slice that is good; which says nothing about those behind it
     * @return null when the checkpoint is not good
     */
    @Nullable
    CheckpointSummary read(SliceSink sink) throws IOException {
        UnsafeBuffer in = buffer.buffer();
        if (!load(CheckpointLayout.HEADER_BYTES)
                || in.getInt(CheckpointLayout.MAGIC, BIG_ENDIAN) != CheckpointLayout.MAGIC_VALUE
                || !matches(0, CheckpointLayout.HEADER_CHECKSUM, CheckpointLayout.HEADER_CHECKSUM)) {
            return null;
        }
        int format = in.getInt(CheckpointLayout.FORMAT, BIG_ENDIAN);
        if (format > CheckpointLayout.FORMAT_VALUE) {
            throw new LogRefusedException(name + ": format " + format + " (expected: at most "
                    + CheckpointLayout.FORMAT_VALUE + "; it was written by a newer TernMQ)");
        }
        long logId = in.getLong(CheckpointLayout.LOG_ID, BIG_ENDIAN);
        long startPosition = in.getLong(CheckpointLayout.START_POSITION, BIG_ENDIAN);
        ChainLink replay = new ChainLink(
                in.getLong(CheckpointLayout.REPLAY_POSITION, BIG_ENDIAN),
                in.getLong(CheckpointLayout.ENTRY_INDEX, BIG_ENDIAN),
                in.getInt(CheckpointLayout.PREVIOUS_CHECKSUM, BIG_ENDIAN),
                in.getLong(CheckpointLayout.TIME, BIG_ENDIAN));
        while (readSlice(sink)) {
            sliceCount++;
        }
        long position = readEnd();
        return position < 0 ? null : new CheckpointSummary(name, logId, replay, position, startPosition, at);
    }

    /** @return false when no good slice follows; nothing is consumed then */
    private boolean readSlice(SliceSink sink) throws IOException {
        UnsafeBuffer in = buffer.buffer();
        long begin = at;
        if (!load(CheckpointLayout.SLICE_BYTES)
                || in.getInt(CheckpointLayout.OWNER, BIG_ENDIAN) == CheckpointLayout.OWNER_END
                || !matches(0, CheckpointLayout.SLICE_CHECKSUM, CheckpointLayout.SLICE_CHECKSUM)) {
            at = begin;
            return false;
        }
        int owner = in.getInt(CheckpointLayout.OWNER, BIG_ENDIAN);
        int number = in.getInt(CheckpointLayout.NUMBER, BIG_ENDIAN);
        long stamp = in.getLong(CheckpointLayout.STAMP, BIG_ENDIAN);
        int length = in.getInt(CheckpointLayout.LENGTH, BIG_ENDIAN);
        int headChecksum = in.getInt(CheckpointLayout.SLICE_CHECKSUM, BIG_ENDIAN);
        int bytesChecksum = in.getInt(CheckpointLayout.BYTES_CHECKSUM, BIG_ENDIAN);
        if (length < 0
                || length > CheckpointLayout.SLICE_BYTES_MAX
                || !load(length)
                || checksum.of(buffer.bytes(), 0, length) != bytesChecksum) {
            at = begin;
            return false;
        }
        CheckpointOutput.addChecksums(slicesChecksum, headChecksum, bytesChecksum);
        sink.slice(owner, number, stamp, new SliceInput(buffer.buffer(), 0, length));
        return true;
    }

    /** @return the checkpoint's position; -1 when the end is not good */
    private long readEnd() throws IOException {
        UnsafeBuffer in = buffer.buffer();
        boolean good = load(CheckpointLayout.END_BYTES)
                && in.getInt(CheckpointLayout.OWNER, BIG_ENDIAN) == CheckpointLayout.OWNER_END
                && matches(0, CheckpointLayout.END_CHECKSUM, CheckpointLayout.END_CHECKSUM)
                && in.getInt(CheckpointLayout.END_SLICE_COUNT, BIG_ENDIAN) == sliceCount
                && in.getLong(CheckpointLayout.END_FILE_BYTES, BIG_ENDIAN) == at
                && in.getInt(CheckpointLayout.END_SLICES_CHECKSUM, BIG_ENDIAN) == (int) slicesChecksum.getValue();
        return good ? in.getLong(CheckpointLayout.END_POSITION, BIG_ENDIAN) : -1;
    }

    private boolean matches(int begin, int length, int checksumAt) {
        return checksum.of(buffer.bytes(), begin, length) == buffer.buffer().getInt(checksumAt, BIG_ENDIAN);
    }

    private boolean load(int bytes) throws IOException {
        buffer.ensure(bytes, 0);
        boolean all = file.read(buffer.range(0, bytes), at) == bytes;
        buffer.bytes().clear();
        at += bytes;
        return all;
    }

    @Override
    public void close() throws IOException {
        buffer.close();
        file.close();
    }
}
