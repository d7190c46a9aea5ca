package io.ternmq.protocol.message;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Walks over the messages in the body of a batch: {@code while (batch.next()) …}. Big-endian, one behind the other:
 * <pre>
 *   0       4       8       12      16      20
 *   +-------+-------+-------+-------+-------+---…--+-----------+---…--------+
 *   | total | magic |  CRC  | flag  | body  | body | properties| properties |
 *   |  size |(any)  | (any) |       |length |      | length  2 |            |
 *   +-------+-------+-------+-------+-------+---…--+-----------+---…--------+
 * </pre>
 * Reuse it; not thread-safe.
 */
public final class BatchBody {
    private static final int FLAG = 12;
    private static final int BODY_LENGTH = 16;
    private static final int BODY = 20;
    private static final int INNER_BYTES_MIN = BODY + Short.BYTES;

    private DirectBuffer buffer = new UnsafeBuffer(0, 0);
    private int current;
    private int next;
    private int end;

    /** Starts anew, over a body of {@code length} bytes at {@code index}. */
    public BatchBody wrap(DirectBuffer buffer, int index, int length) {
        buffer.boundsCheck(index, length);
        this.buffer = buffer;
        this.current = index;
        this.next = index;
        this.end = index + length;
        return this;
    }

    /**
     * Goes to the next message and checks its lengths.
     *
     * @return false when there is none
     * @throws MalformedMessageException when the bytes are no message
     */
    public boolean next() {
        if (next == end) {
            return false;
        }
        int room = end - next;
        if (room < INNER_BYTES_MIN) {
            throw new MalformedMessageException("batch rest", room + " bytes", "at least " + INNER_BYTES_MIN);
        }
        int totalSize = buffer.getInt(next, BIG_ENDIAN);
        if (totalSize < INNER_BYTES_MIN || totalSize > room) {
            throw new MalformedMessageException("batch totalSize", totalSize, INNER_BYTES_MIN + ".." + room);
        }
        current = next;
        if (bodyLength() < 0 || bodyLength() > totalSize - INNER_BYTES_MIN) {
            throw new MalformedMessageException(
                    "batch bodyLength", bodyLength(), "0.." + (totalSize - INNER_BYTES_MIN));
        }
        int propertiesExpected = totalSize - INNER_BYTES_MIN - bodyLength();
        if (propertiesLength() != propertiesExpected) {
            throw new MalformedMessageException("batch propertiesLength", propertiesLength(), "" + propertiesExpected);
        }
        next = current + totalSize;
        return true;
    }

    /** @return what the sending application put there */
    public int flag() {
        return buffer.getInt(current + FLAG, BIG_ENDIAN);
    }

    /** @return where the message's body begins in the buffer */
    public int bodyIndex() {
        return current + BODY;
    }

    /** @return bytes of the message's body */
    public int bodyLength() {
        return buffer.getInt(current + BODY_LENGTH, BIG_ENDIAN);
    }

    /** @return where the message's properties begin in the buffer */
    public int propertiesIndex() {
        return bodyIndex() + bodyLength() + Short.BYTES;
    }

    /** @return bytes of the message's properties */
    public int propertiesLength() {
        return buffer.getShort(bodyIndex() + bodyLength(), BIG_ENDIAN);
    }
}
