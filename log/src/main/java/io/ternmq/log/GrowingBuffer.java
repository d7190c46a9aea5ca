package io.ternmq.log;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Off-heap bytes that grow up to a bound and are used again and again. For one thread. */
final class GrowingBuffer implements AutoCloseable {
    private final int bytesMax;
    private final UnsafeBuffer buffer;
    private ByteBuffer bytes;

    GrowingBuffer(int initialBytes, int bytesMax) {
        this.bytesMax = bytesMax;
        this.bytes = ByteBuffer.allocateDirect(initialBytes);
        this.buffer = new UnsafeBuffer(bytes);
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    ByteBuffer bytes() {
        return bytes;
    }

    /** @return the bytes from {@code begin} to {@code end}; the same object each time */
    ByteBuffer range(int begin, int end) {
        return bytes.clear().limit(end).position(begin);
    }

    /** Makes room for {@code capacity} bytes and keeps the first {@code used}. */
    void ensure(int capacity, int used) {
        if (capacity > bytes.capacity()) {
            grow(capacity, used);
        }
    }

    private void grow(int capacity, int used) {
        if (capacity > bytesMax || capacity < 0) {
            throw new IllegalArgumentException("batch: " + capacity + " bytes (expected: at most " + bytesMax + ")");
        }
        int doubled = (int) Math.min(bytesMax, Math.max(capacity, bytes.capacity() * 2L));
        ByteBuffer larger = ByteBuffer.allocateDirect(doubled);
        larger.put(0, bytes.clear(), 0, used);
        BufferUtil.free(bytes);
        bytes = larger;
        buffer.wrap(bytes);
    }

    @Override
    public void close() {
        buffer.wrap(0, 0);
        BufferUtil.free(bytes);
    }
}
