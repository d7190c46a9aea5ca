package io.ternmq.log;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.ternmq.protocol.message.MessageRecordHoles;
import io.ternmq.protocol.message.MessageRecordLayout;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes the entries of a batch in one buffer. Positions and offsets are known as soon as a record is appended, because
 * the table lies behind the records; checksums of entries are computed when they are closed. Writer thread.
 */
final class EntryBuilder implements AutoCloseable {
    private static final int INITIAL_BYTES = 128 * 1024;
    private static final int INITIAL_TABLE_BYTES = 16 * 1024;

    private long logId;
    private final RangeChecksum checksum = new RangeChecksum();
    private final GrowingBuffer batch;
    private final GrowingBuffer table;

    private long beginPosition;
    private long entryIndex;
    private int previousChecksum;
    private long timeMs;

    private int length;
    private int entryBegin;
    private boolean entryOpen;
    private int recordCount;
    private int tableLength;
    private int rowBegin;
    private int lastChecksum;

    EntryBuilder(int batchBytesMax) {
        this.batch = new GrowingBuffer(INITIAL_BYTES, Math.max(INITIAL_BYTES, batchBytesMax));
        this.table = new GrowingBuffer(INITIAL_TABLE_BYTES, Math.max(INITIAL_BYTES, batchBytesMax));
    }

    /** Goes on behind what is in the log. */
    void resume(long newLogId, ChainLink next) {
        logId = newLogId;
        beginPosition = next.position();
        entryIndex = next.entryIndex();
        previousChecksum = next.previousChecksum();
        timeMs = next.timeMs();
    }

    /** @param newTimeMs is taken unless it is before the time of the last entry */
    void time(long newTimeMs) {
        timeMs = Math.max(timeMs, newTimeMs);
    }

    long timeMs() {
        return timeMs;
    }

    /** @return where the bytes not yet handed over begin in the log */
    long beginPosition() {
        return beginPosition;
    }

    /** @return the bytes in the buffer, with the table that an open entry still needs */
    int pendingBytes() {
        return length + tableLength;
    }

    int entryBytes() {
        return entryOpen ? length - entryBegin + tableLength : 0;
    }

    /** @return the log's end, were every entry closed now */
    long endPosition() {
        return beginPosition + pendingBytes();
    }

    ChainLink nextLink() {
        return new ChainLink(endPosition(), entryIndex, previousChecksum, timeMs);
    }

    /**
     * Appends a message's record and fills its holes.
     *
     * @return its position in the log
     */
    long appendMessage(DirectBuffer src, int index, int recordLength, long queueOffset) {
        int at = addRecord(recordLength);
        UnsafeBuffer buffer = batch.buffer();
        buffer.putBytes(at, src, index, recordLength);
        long position = beginPosition + at;
        MessageRecordHoles.fill(buffer, at, queueOffset, position, timeMs);
        addRow(at, recordLength, RecordKind.MESSAGE);
        return position;
    }

    /**
     * Appends a message's record once more; it keeps all but its position.
     *
     * @return its position in the log
     */
    long appendMoved(DirectBuffer src, int index, int recordLength) {
        int at = addRecord(recordLength);
        UnsafeBuffer buffer = batch.buffer();
        buffer.putBytes(at, src, index, recordLength);
        long position = beginPosition + at;
        buffer.putLong(at + MessageRecordLayout.PHYSICAL_OFFSET, position, BIG_ENDIAN);
        addRow(at, recordLength, RecordKind.MOVED);
        return position;
    }

    /**
     * Appends a control record.
     *
     * @return its position in the log
     */
    long appendControl(int kind, DirectBuffer src, int index, int payloadLength) {
        int recordLength = ControlRecordLayout.PAYLOAD + payloadLength;
        int at = addRecord(recordLength);
        UnsafeBuffer buffer = batch.buffer();
        buffer.putInt(at + ControlRecordLayout.TOTAL_SIZE, recordLength, BIG_ENDIAN);
        buffer.putInt(at + ControlRecordLayout.MAGIC, ControlRecordLayout.MAGIC_VALUE, BIG_ENDIAN);
        buffer.putInt(at + ControlRecordLayout.KIND, kind, BIG_ENDIAN);
        buffer.putBytes(at + ControlRecordLayout.PAYLOAD, src, index, payloadLength);
        addRow(at, recordLength, kind);
        return beginPosition + at;
    }

    /** @return CRC-32C of the record that was appended last */
    int lastChecksum() {
        return lastChecksum;
    }

    /** Says where the last record goes. */
    void addDestination(int queueNo, long offset, int tagHash) {
        table.ensure(tableLength + EntryLayout.DESTINATION_BYTES, tableLength);
        UnsafeBuffer rows = table.buffer();
        rows.putInt(tableLength + EntryLayout.DESTINATION_QUEUE, queueNo, BIG_ENDIAN);
        rows.putLong(tableLength + EntryLayout.DESTINATION_OFFSET, offset, BIG_ENDIAN);
        rows.putInt(tableLength + EntryLayout.DESTINATION_TAG_HASH, tagHash, BIG_ENDIAN);
        rows.putByte(rowBegin + EntryLayout.ROW_DESTINATIONS, (byte) 1);
        tableLength += EntryLayout.DESTINATION_BYTES;
    }

    /** Says by which keys the last record is found. */
    void addKeys(long[] keyHashes, int count) {
        table.ensure(tableLength + count * EntryLayout.KEY_BYTES, tableLength);
        UnsafeBuffer rows = table.buffer();
        for (int i = 0; i < count; i++) {
            rows.putLong(tableLength, keyHashes[i], BIG_ENDIAN);
            tableLength += EntryLayout.KEY_BYTES;
        }
        rows.putByte(rowBegin + EntryLayout.ROW_KEYS, (byte) count);
    }

    private int addRecord(int recordLength) {
        if (!entryOpen) {
            entryOpen = true;
            entryBegin = length;
            batch.ensure(length + EntryLayout.HEADER_BYTES, length);
            length += EntryLayout.HEADER_BYTES;
        }
        int at = length;
        batch.ensure(at + recordLength, at);
        length = at + recordLength;
        return at;
    }

    private void addRow(int at, int recordLength, int kind) {
        lastChecksum = checksum.of(batch.bytes(), at, recordLength);
        table.ensure(tableLength + EntryLayout.ROW_BYTES, tableLength);
        UnsafeBuffer rows = table.buffer();
        rowBegin = tableLength;
        rows.putInt(rowBegin + EntryLayout.ROW_LENGTH, recordLength, BIG_ENDIAN);
        rows.putInt(rowBegin + EntryLayout.ROW_CHECKSUM, lastChecksum, BIG_ENDIAN);
        rows.putInt(rowBegin + EntryLayout.ROW_KIND, kind << 24, BIG_ENDIAN);
        tableLength += EntryLayout.ROW_BYTES;
        recordCount++;
    }

    /** Puts the table behind the records and seals the entry; nothing happens when none is open. */
    void closeEntry() {
        if (!entryOpen) {
            return;
        }
        int tableBegin = length;
        batch.ensure(tableBegin + tableLength, tableBegin);
        UnsafeBuffer buffer = batch.buffer();
        buffer.putBytes(tableBegin, table.buffer(), 0, tableLength);
        length = tableBegin + tableLength;
        int at = entryBegin;
        buffer.putInt(at + EntryLayout.MAGIC, EntryLayout.MAGIC_VALUE, BIG_ENDIAN);
        buffer.putShort(at + EntryLayout.FORMAT, (short) EntryLayout.FORMAT_VALUE, BIG_ENDIAN);
        buffer.putShort(at + EntryLayout.FEATURE_LEVEL, (short) EntryLayout.FEATURE_LEVEL_VALUE, BIG_ENDIAN);
        buffer.putInt(at + EntryLayout.TOTAL_BYTES, length - at, BIG_ENDIAN);
        buffer.putInt(at + EntryLayout.TABLE_OFFSET, tableBegin - at, BIG_ENDIAN);
        buffer.putInt(at + EntryLayout.RECORD_COUNT, recordCount, BIG_ENDIAN);
        buffer.putLong(at + EntryLayout.LOG_ID, logId, BIG_ENDIAN);
        buffer.putLong(at + EntryLayout.POSITION, beginPosition + at, BIG_ENDIAN);
        buffer.putLong(at + EntryLayout.ENTRY_INDEX, entryIndex, BIG_ENDIAN);
        buffer.putLong(at + EntryLayout.TERM, 0, BIG_ENDIAN);
        buffer.putLong(at + EntryLayout.TIME, timeMs, BIG_ENDIAN);
        buffer.putInt(at + EntryLayout.PREVIOUS_CHECKSUM, previousChecksum, BIG_ENDIAN);
        previousChecksum = checksum.of(batch.bytes(), at, EntryLayout.CHECKSUM, tableBegin, tableLength);
        buffer.putInt(at + EntryLayout.CHECKSUM, previousChecksum, BIG_ENDIAN);
        entryIndex++;
        entryOpen = false;
        recordCount = 0;
        tableLength = 0;
    }

    /** @return bytes of the closed entries in the buffer */
    int closedBytes() {
        return entryOpen ? entryBegin : length;
    }

    /** @return the size of the entry that begins at {@code at} in the buffer */
    int totalBytes(int at) {
        return batch.buffer().getInt(at + EntryLayout.TOTAL_BYTES, BIG_ENDIAN);
    }

    ByteBuffer range(int begin, int end) {
        return batch.range(begin, end);
    }

    /** Forgets the bytes, which have been written. Every entry is closed. */
    void written() {
        beginPosition += length;
        length = 0;
    }

    @Override
    public void close() {
        batch.close();
        table.close();
    }
}
