package io.ternmq.log;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Looks at an entry in a buffer, and at the rows of its table one by one. For one thread. */
final class EntryView {
    private final RangeChecksum checksum = new RangeChecksum();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int at;

    private int row;
    private int nextRow;
    private int recordIndex;
    private int nextRecordIndex;

    @SuppressWarnings("ReferenceEquality") // the same memory, not the same bytes
    void wrap(ByteBuffer newBytes, int index) {
        if (bytes != newBytes) {
            bytes = newBytes;
            buffer.wrap(newBytes, 0, newBytes.capacity());
        }
        at = index;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    // ---- header

    boolean begins(long position) {
        return intAt(EntryLayout.MAGIC) == EntryLayout.MAGIC_VALUE && longAt(EntryLayout.POSITION) == position;
    }

    int format() {
        return buffer.getShort(at + EntryLayout.FORMAT, BIG_ENDIAN) & 0xFFFF;
    }

    int featureLevel() {
        return buffer.getShort(at + EntryLayout.FEATURE_LEVEL, BIG_ENDIAN) & 0xFFFF;
    }

    int totalBytes() {
        return intAt(EntryLayout.TOTAL_BYTES);
    }

    private int tableOffset() {
        return intAt(EntryLayout.TABLE_OFFSET);
    }

    int recordCount() {
        return intAt(EntryLayout.RECORD_COUNT);
    }

    long logId() {
        return longAt(EntryLayout.LOG_ID);
    }

    long position() {
        return longAt(EntryLayout.POSITION);
    }

    long entryIndex() {
        return longAt(EntryLayout.ENTRY_INDEX);
    }

    long term() {
        return longAt(EntryLayout.TERM);
    }

    long timeMs() {
        return longAt(EntryLayout.TIME);
    }

    int previousChecksum() {
        return intAt(EntryLayout.PREVIOUS_CHECKSUM);
    }

    int checksum() {
        return intAt(EntryLayout.CHECKSUM);
    }

    ChainLink next() {
        return new ChainLink(position() + totalBytes(), entryIndex() + 1, checksum(), timeMs());
    }

    boolean continues(ChainLink expected) {
        return entryIndex() == expected.entryIndex() && previousChecksum() == expected.previousChecksum();
    }

    private int intAt(int field) {
        return buffer.getInt(at + field, BIG_ENDIAN);
    }

    private long longAt(int field) {
        return buffer.getLong(at + field, BIG_ENDIAN);
    }

    /** @return what is wrong with the header's fields, before the rest of the entry is at hand; or null */
    @Nullable
    String headerProblem(long position, long logId) {
        if (intAt(EntryLayout.MAGIC) != EntryLayout.MAGIC_VALUE) {
            return "no entry begins here";
        }
        if (longAt(EntryLayout.POSITION) != position) {
            return "the entry says it lies at " + longAt(EntryLayout.POSITION);
        }
        if (logId() != logId) {
            return "the entry is of another log";
        }
        int total = totalBytes();
        int table = tableOffset();
        boolean fits = total >= EntryLayout.HEADER_BYTES
                && total <= EntryLayout.TOTAL_BYTES_MAX
                && table >= EntryLayout.HEADER_BYTES
                && table <= total;
        return fits ? null : "the entry's sizes are impossible";
    }

    /** @return what is wrong with the whole entry but its records, all of it being at hand; or null */
    @Nullable
    String problem() {
        int table = tableOffset();
        int computed = checksum.of(bytes, at, EntryLayout.CHECKSUM, at + table, totalBytes() - table);
        if (computed != checksum()) {
            return "the checksum of the entry's header and table does not match";
        }
        if (format() > EntryLayout.FORMAT_VALUE || featureLevel() > EntryLayout.FEATURE_LEVEL_VALUE) {
            throw new LogRefusedException("entry at " + position() + ": format " + format() + ", feature level "
                    + featureLevel() + " (expected: at most " + EntryLayout.FORMAT_VALUE + ", "
                    + EntryLayout.FEATURE_LEVEL_VALUE + "; the log was written by a newer TernMQ)");
        }
        return rowsFit() ? null : "the entry's table does not fit its records";
    }

    private boolean rowsFit() {
        int end = at + totalBytes();
        int index = at + tableOffset();
        long recordBytes = 0;
        for (int i = 0; i < recordCount(); i++) {
            if (index + EntryLayout.ROW_BYTES > end) {
                return false;
            }
            int length = buffer.getInt(index + EntryLayout.ROW_LENGTH, BIG_ENDIAN);
            if (length < 0) {
                return false;
            }
            recordBytes += length;
            index += rowBytes(index);
        }
        return index == end && recordBytes == tableOffset() - EntryLayout.HEADER_BYTES;
    }

    private int rowBytes(int index) {
        return EntryLayout.ROW_BYTES
                + byteAt(index + EntryLayout.ROW_DESTINATIONS) * EntryLayout.DESTINATION_BYTES
                + byteAt(index + EntryLayout.ROW_KEYS) * EntryLayout.KEY_BYTES;
    }

    private int byteAt(int index) {
        return buffer.getByte(index) & 0xFF;
    }

    // ---- rows

    /** Goes before the first row. */
    void beginRows() {
        nextRow = at + tableOffset();
        nextRecordIndex = at + EntryLayout.HEADER_BYTES;
    }

    /** @return false behind the last row */
    boolean nextRow() {
        if (nextRow >= at + totalBytes()) {
            return false;
        }
        row = nextRow;
        recordIndex = nextRecordIndex;
        nextRow += rowBytes(row);
        nextRecordIndex += recordBytes();
        return true;
    }

    /** @return where the record begins in the buffer */
    int recordIndex() {
        return recordIndex;
    }

    int recordBytes() {
        return buffer.getInt(row + EntryLayout.ROW_LENGTH, BIG_ENDIAN);
    }

    int recordChecksum() {
        return buffer.getInt(row + EntryLayout.ROW_CHECKSUM, BIG_ENDIAN);
    }

    long recordPosition() {
        return position() + recordIndex - at;
    }

    int kind() {
        return byteAt(row + EntryLayout.ROW_KIND);
    }

    int destinationCount() {
        return byteAt(row + EntryLayout.ROW_DESTINATIONS);
    }

    int keyCount() {
        return byteAt(row + EntryLayout.ROW_KEYS);
    }

    int queueNo(int destination) {
        return buffer.getInt(destinationAt(destination) + EntryLayout.DESTINATION_QUEUE, BIG_ENDIAN);
    }

    long queueOffset(int destination) {
        return buffer.getLong(destinationAt(destination) + EntryLayout.DESTINATION_OFFSET, BIG_ENDIAN);
    }

    int tagHash(int destination) {
        return buffer.getInt(destinationAt(destination) + EntryLayout.DESTINATION_TAG_HASH, BIG_ENDIAN);
    }

    private int destinationAt(int destination) {
        return row + EntryLayout.ROW_BYTES + destination * EntryLayout.DESTINATION_BYTES;
    }

    long keyHash(int key) {
        int keys = destinationAt(destinationCount());
        return buffer.getLong(keys + key * EntryLayout.KEY_BYTES, BIG_ENDIAN);
    }

    boolean recordIsGood() {
        return checksum.of(bytes, recordIndex, recordBytes()) == recordChecksum();
    }
}
