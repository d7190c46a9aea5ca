package io.ternmq.protocol.message;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The checksum of a body: CRC-32 with the top bit cleared, as RocketMQ clients compute it. Reads heap arrays and direct memory in
 * place. Not thread-safe.
 */
final class BodyChecksum {
    private final CRC32 crc;

    BodyChecksum(CRC32 crc) {
        this.crc = crc;
    }

    int of(DirectBuffer buffer, int index, int length) {
        crc.reset();
        update(buffer, index, length);
        return (int) crc.getValue() & Integer.MAX_VALUE;
    }

    private void update(DirectBuffer buffer, int index, int length) {
        byte @Nullable [] array = buffer.byteArray();
        @Nullable ByteBuffer bytes = buffer.byteBuffer();
        if (array != null) {
            crc.update(array, index + buffer.wrapAdjustment(), length);
        } else if (bytes != null) {
            int from = index + buffer.wrapAdjustment();
            crc.update(bytes.duplicate().limit(from + length).position(from));
        } else {
            byte[] copy = new byte[length];
            buffer.getBytes(index, copy);
            crc.update(copy, 0, length);
        }
    }
}
