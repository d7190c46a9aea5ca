package io.ternmq.broker.timer;

import io.ternmq.broker.state.TimerSlots;
import io.ternmq.broker.state.Timers;
import io.ternmq.log.index.IndexEntries;
import io.ternmq.log.index.QueueIndex;
import java.util.Arrays;

/**
 * The timers of the current second in the order in which they come due. Made of the index alone, no message is read. Of a
 * second with very many timers it holds the first ones, and looks for the next ones when those are gone. Shard thread only.
 */
final class SlotOrder {
    /** So many at a time: half a MiB. */
    static final int COUNT_MAX = 65_536;

    /** A key is the millisecond, and the offset in these bits; so keys are in order of both. */
    private static final int OFFSET_BITS = 50;

    private static final long OFFSET_MASK = (1L << OFFSET_BITS) - 1;
    private static final int COPIED_COUNT = 1_024;
    private static final int COUNT_MIN = 1_024;

    private final QueueIndex queues;
    private final IndexEntries entries = new IndexEntries(COPIED_COUNT);
    private long[] keys = new long[COUNT_MIN];
    private int begin;
    private int end;
    private int queueNo;
    private long second = -1;
    private long cursor;
    private long scannedTo;
    /** Greater keys were left for later. */
    private long lastKey = Long.MAX_VALUE;
    /** Nothing is known of what lies before it, before it was looked at: it was not committed when the second began. */
    private long blindTo;
    /** The least key of what was appended since and is not committed, and the offset behind that. */
    private long appendedKey = Long.MAX_VALUE;

    private long appendedTo;

    SlotOrder(QueueIndex queues) {
        this.queues = queues;
    }

    /** Follows the hand, the slot's cursor, and what was committed since. */
    void refresh(Timers timers, int handQueueNo) {
        int slot = TimerSlots.queueId(0, timers.hand());
        if (second != timers.hand() || cursor != timers.cursor(slot)) {
            second = timers.hand();
            cursor = timers.cursor(slot);
            queueNo = handQueueNo;
            blindTo = queues.nextOffset(queueNo);
            appendedKey = Long.MAX_VALUE;
            beginPass();
        } else if (begin == end && lastKey != Long.MAX_VALUE) {
            beginPass();
        }
        if (scannedTo < queues.maxOffset(queueNo)) {
            scan(key(timers.firedMs() - second * TimerSlots.SECOND_MS, timers.firedOffset()));
        }
        if (scannedTo >= appendedTo) {
            appendedKey = Long.MAX_VALUE;
        }
    }

    private void beginPass() {
        scannedTo = cursor;
        begin = 0;
        end = 0;
        lastKey = Long.MAX_VALUE;
    }

    /** A timer was appended to the second's queue. Until it is committed, what comes behind it in the order waits, too. */
    void appended(int tagHash, long offset) {
        appendedKey = Math.min(appendedKey, key(TimerKey.millisOf(tagHash), offset));
        appendedTo = offset + 1;
    }

    /** @return whether nothing that is committed, and nothing up to {@code nextOffset}, is left */
    boolean isDone(long nextOffset) {
        return begin == end && lastKey == Long.MAX_VALUE && isScanned(nextOffset);
    }

    /** @return whether everything before the offset was looked at; what was appended a moment ago is not committed yet */
    boolean isScanned(long nextOffset) {
        return scannedTo >= nextOffset;
    }

    /** @return whether there is a next timer, and none that is not committed yet could come before it */
    boolean hasNext() {
        return begin < end && scannedTo >= blindTo && keys[begin] < appendedKey;
    }

    /** @return when the next one is due, in milliseconds since 1970 */
    long nextMs() {
        return second * TimerSlots.SECOND_MS + (keys[begin] >>> OFFSET_BITS);
    }

    /** @return the next one's offset in the second's queue */
    long nextOffset() {
        return keys[begin] & OFFSET_MASK;
    }

    /** Goes on behind the next one. */
    void pass() {
        begin++;
    }

    private void scan(long firedKey) {
        compact();
        int count;
        do {
            count = queues.copy(queueNo, scannedTo, COPIED_COUNT, entries);
            for (int i = 0; i < count; i++) {
                long key = key(TimerKey.millisOf(entries.tagHash(i)), entries.offset(i));
                if (!entries.isHole(i) && key > firedKey && key <= lastKey) {
                    add(key);
                }
            }
            scannedTo = Math.max(scannedTo, entries.firstOffset() + count);
        } while (count > 0);
        Arrays.sort(keys, 0, end);
    }

    private void add(long key) {
        if (end == COUNT_MAX) {
            Arrays.sort(keys, 0, end);
            end /= 2;
            lastKey = keys[end - 1];
            if (key > lastKey) {
                return;
            }
        }
        if (end == keys.length) {
            keys = Arrays.copyOf(keys, Math.min(COUNT_MAX, 2 * end));
        }
        keys[end++] = key;
    }

    private void compact() {
        System.arraycopy(keys, begin, keys, 0, end - begin);
        end -= begin;
        begin = 0;
    }

    private static long key(long millis, long offset) {
        return (millis << OFFSET_BITS) + offset;
    }
}
