package io.ternmq.broker.state;

import io.ternmq.broker.record.RecordInput;
import io.ternmq.broker.record.RecordOutput;
import io.ternmq.broker.record.TimerCancelled;
import io.ternmq.broker.record.TimerHandMoved;
import io.ternmq.broker.record.TimerRecord;
import io.ternmq.broker.record.TimersAdded;
import io.ternmq.broker.record.TimersFired;
import io.ternmq.broker.record.TimersMoved;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is known about the waiting timers, other than themselves: those are the messages of the slots' queues from the
 * slot's cursor on, but for those that were cancelled, and in the current second's queue for those that fired. Shard
 * thread only.
 */
public final class Timers {
    private static final int CURSOR_SLICE = 0;
    private static final int CANCELLED_SLICES = 1;
    private static final int COUNT_SLICES = CANCELLED_SLICES + CancelledTimers.PARTS;

    /** How many slices of a checkpoint it takes. */
    static final int SLICE_COUNT = COUNT_SLICES + Partitions.COUNT;

    private final long[] cursors = new long[TimerSlots.COUNT];
    private final CancelledTimers cancelled = new CancelledTimers();
    private final List<Map<String, Long>> counts = Stream.<Map<String, Long>>generate(HashMap::new)
            .limit(Partitions.COUNT)
            .toList();
    private final long[] stamps = new long[SLICE_COUNT];
    private long hand;
    private long firedMs;
    private long firedOffset = -1;
    private long count;

    /** @return the second that is being delivered, counted from 1970; every slot before it is done */
    public long hand() {
        return hand;
    }

    /** @return when the last timer of the current second that fired was due; the second's begin while none has */
    public long firedMs() {
        return firedMs;
    }

    /** @return the last fired timer's offset among those due at {@link #firedMs}; -1 while none has */
    public long firedOffset() {
        return firedOffset;
    }

    /** @return the slot's first offset that may hold a waiting timer */
    public long cursor(int slot) {
        return cursors[slot];
    }

    /** @return whether the timer at that place was cancelled and has not been passed since */
    public boolean isCancelled(int slot, long offset) {
        return cancelled.contains(slot, offset);
    }

    /** @return whether a timer of the current second, due then and at that offset of its queue, has fired */
    public boolean hasFired(long dueMs, long offset) {
        return dueMs < firedMs || (dueMs == firedMs && offset <= firedOffset);
    }

    /** @return how many timers wait */
    public long pendingCount() {
        return count;
    }

    /** @return how many timers of each topic wait, sorted by topic; a copy */
    public Map<String, Long> pendingCounts() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach(all::putAll);
        return all;
    }

    void apply(TimerRecord record, long position) {
        if (record instanceof TimersAdded added) {
            count(added.topic(), added.count(), position);
        } else if (record instanceof TimersFired fired) {
            fired.topics().forEach(row -> count(row.topic(), -row.count(), position));
            if (position >= stamps[CURSOR_SLICE]) {
                firedMs = fired.dueMs();
                firedOffset = fired.offset();
            }
        } else if (record instanceof TimersMoved moved) {
            apply(moved, position);
        } else if (record instanceof TimerCancelled one) {
            count(one.topic(), -1, position);
            if (position >= stamps[CANCELLED_SLICES + CancelledTimers.partOf(one.slot())]) {
                cancelled.add(one.slot(), cursors[one.slot()], one.offset());
            }
        } else if (record instanceof TimerHandMoved moved && position >= stamps[CURSOR_SLICE]) {
            hand = moved.second();
            firedMs = hand * TimerSlots.SECOND_MS;
            firedOffset = -1;
        }
    }

    private void apply(TimersMoved moved, long position) {
        if (position >= stamps[CURSOR_SLICE]) {
            cursors[moved.slot()] = moved.to();
        }
        if (position >= stamps[CANCELLED_SLICES + CancelledTimers.partOf(moved.slot())]) {
            cancelled.forgetBefore(moved.slot(), moved.to());
        }
    }

    private void count(String topic, int change, long position) {
        int partition = Partitions.of(topic);
        if (position < stamps[COUNT_SLICES + partition]) {
            return;
        }
        Map<String, Long> topics = counts.get(partition);
        long left = topics.getOrDefault(topic, 0L) + change;
        if (left == 0) {
            topics.remove(topic);
        } else {
            topics.put(topic, left);
        }
        count += change;
    }

    void write(int slice, RecordOutput out) {
        if (slice == CURSOR_SLICE) {
            out.longValue(hand).longValue(firedMs).longValue(firedOffset);
            for (long cursor : cursors) {
                out.longValue(cursor);
            }
        } else if (slice < COUNT_SLICES) {
            cancelled.write(slice - CANCELLED_SLICES, out);
        } else {
            Map<String, Long> topics = counts.get(slice - COUNT_SLICES);
            out.intValue(topics.size());
            topics.forEach((topic, pending) -> out.string(topic).longValue(pending));
        }
    }

    void restore(int slice, RecordInput in, long stamp) {
        stamps[slice] = stamp;
        if (slice == CURSOR_SLICE) {
            hand = in.longValue();
            firedMs = in.longValue();
            firedOffset = in.longValue();
            for (int slot = 0; slot < cursors.length; slot++) {
                cursors[slot] = in.longValue();
            }
        } else if (slice < COUNT_SLICES) {
            cancelled.restore(in);
        } else {
            restoreCounts(counts.get(slice - COUNT_SLICES), in);
        }
    }

    private void restoreCounts(Map<String, Long> topics, RecordInput in) {
        int topicCount = in.count(Integer.BYTES + Long.BYTES);
        for (int i = 0; i < topicCount; i++) {
            String topic = in.string();
            long pending = in.longValue();
            topics.put(topic, pending);
            count += pending;
        }
    }
}
