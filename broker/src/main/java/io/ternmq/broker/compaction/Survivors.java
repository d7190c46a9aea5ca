package io.ternmq.broker.compaction;

import java.util.Arrays;

/**
 * Which messages are to be moved: a list of (queue, offset) in a few bytes each, up to a bound. Written by one thread, then read
 * by one.
 *
 * <p>Offsets of a queue rise; each is the distance to the one before, from 1 on, seven bits a byte. A 0 is followed by the number
 * of another queue, whose offsets are counted from -1.
 */
final class Survivors {
    private static final int INITIAL_BYTES = 256;
    private static final int NUMBER_BYTES_MAX = 10;
    private static final int SEVEN_BITS = 0x7f;
    private static final int MORE = 0x80;

    private final int bytesMax;
    private byte[] bytes = new byte[INITIAL_BYTES];
    private int length;
    private int next;
    private int queueNo = -1;
    private long offset = -1;

    /** @param bytesMax how many bytes it takes at most */
    Survivors(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** @return false when there is no room for it any more */
    boolean add(int itsQueueNo, long itsOffset) {
        if (length > bytesMax - 3 * NUMBER_BYTES_MAX) {
            return false;
        }
        if (bytes.length - length < 3 * NUMBER_BYTES_MAX) {
            bytes = Arrays.copyOf(bytes, Math.min(bytesMax, bytes.length * 2));
        }
        if (itsQueueNo != queueNo) {
            put(0);
            put(itsQueueNo);
            queueNo = itsQueueNo;
            offset = -1;
        }
        put(itsOffset - offset);
        offset = itsOffset;
        return true;
    }

    private void put(long number) {
        long left = number;
        while (left > SEVEN_BITS) {
            bytes[length++] = (byte) ((left & SEVEN_BITS) | MORE);
            left >>>= 7;
        }
        bytes[length++] = (byte) left;
    }

    /** Nothing more is added; the first call of {@link #advance} leads to the first one. */
    void rewind() {
        next = 0;
        queueNo = -1;
        offset = -1;
    }

    /** Goes to the next one. @return false behind the last */
    boolean advance() {
        if (next == length) {
            return false;
        }
        long number = take();
        if (number == 0) {
            queueNo = (int) take();
            offset = -1;
            number = take();
        }
        offset += number;
        return true;
    }

    private long take() {
        long number = 0;
        int shift = 0;
        byte part = bytes[next++];
        while (part < 0) {
            number |= (long) (part & SEVEN_BITS) << shift;
            shift += 7;
            part = bytes[next++];
        }
        return number | ((long) part << shift);
    }

    /** @return the queue of the one that {@link #advance} led to */
    int queueNo() {
        return queueNo;
    }

    /** @return the offset of the one that {@link #advance} led to */
    long offset() {
        return offset;
    }
}
