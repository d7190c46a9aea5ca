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
    private static final int COPY_BYTES = 4 * 1024;

    private final CRC32 crc;
    private byte[] copy = {};

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
            updateByCopies(buffer, index, length);
        }
    }

    /** A view of an address alone: the checksum can be taken of arrays and byte buffers only. */
    private void updateByCopies(DirectBuffer buffer, int index, int length) {
        if (copy.length == 0) {
            copy = new byte[COPY_BYTES];
        }
        for (int done = 0; done < length; ) {
            int part = Math.min(copy.length, length - done);
            buffer.getBytes(index + done, copy, 0, part);
            crc.update(copy, 0, part);
            done += part;
        }
    }
}
