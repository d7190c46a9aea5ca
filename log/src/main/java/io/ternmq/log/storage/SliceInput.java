package io.ternmq.log.storage;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Reads what a {@link SliceOutput} wrote, in the same order. For one thread. */
public final class SliceInput {
    private final DirectBuffer buffer;
    private final int end;
    private int index;

    /** @param length how many bytes of {@code buffer} from {@code index} on are the slice's */
    public SliceInput(DirectBuffer buffer, int index, int length) {
        this.buffer = buffer;
        this.index = index;
        this.end = index + length;
    }

    /** @return the next byte */
    public byte readByte() {
        return buffer.getByte(take(Byte.BYTES));
    }

    /** @return the next four bytes */
    public int readInt() {
        return buffer.getInt(take(Integer.BYTES), ByteOrder.BIG_ENDIAN);
    }

    /** @return the next eight bytes */
    public long readLong() {
        return buffer.getLong(take(Long.BYTES), ByteOrder.BIG_ENDIAN);
    }

    /** Copies the next {@code count} bytes. */
    public void readBytes(MutableDirectBuffer dst, int dstIndex, int count) {
        dst.putBytes(dstIndex, buffer, take(count), count);
    }

    /** @return the text that {@link SliceOutput#writeText} wrote */
    public String readText() {
        byte[] bytes = new byte[requireLength(readInt())];
        buffer.getBytes(take(bytes.length), bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** @return how many bytes are left */
    public int remaining() {
        return end - index;
    }

    private int requireLength(int count) {
        if (count < 0 || count > remaining()) {
            throw new IllegalStateException(
                    "slice: a length of " + count + " bytes (expected: 0.." + remaining() + ", what is left)");
        }
        return count;
    }

    private int take(int count) {
        int taken = index;
        index += requireLength(count);
        return taken;
    }
}
