package io.ternmq.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC-32C over ranges of buffers, without garbage. For one thread. */
final class RangeChecksum {
    private final CRC32C crc = new CRC32C();

    int of(ByteBuffer buffer, int index, int length) {
        crc.reset();
        update(buffer, index, length);
        return (int) crc.getValue();
    }

    /** CRC of two ranges of a buffer, one behind the other. */
    int of(ByteBuffer buffer, int index, int length, int secondIndex, int secondLength) {
        crc.reset();
        update(buffer, index, length);
        update(buffer, secondIndex, secondLength);
        return (int) crc.getValue();
    }

    private void update(ByteBuffer buffer, int index, int length) {
        int position = buffer.position();
        int limit = buffer.limit();
        buffer.limit(index + length).position(index);
        crc.update(buffer);
        buffer.limit(limit).position(position);
    }
}
