package io.ternmq.broker.state;

import io.ternmq.broker.record.RecordInput;
import io.ternmq.broker.record.RecordOutput;
import java.util.BitSet;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which waiting timers were cancelled: a bit each, from the first offset on that a slot's queue had when its first timer was
 * cancelled. Forgotten with the timers. Shard thread only.
 */
final class CancelledTimers {
    /** A checkpoint has them in so many parts, by slot. */
    static final int PARTS = 64;

    private static final int SLOTS_A_PART = TimerSlots.COUNT / PARTS;

    /** Bits count from {@code base}; offsets before it are not waiting any more. */
    private static final class Slot {
        private long base;
        private BitSet bits = new BitSet();
    }

    private final Int2ObjectHashMap<Slot> slots = new Int2ObjectHashMap<>();

    static int partOf(int slot) {
        return slot / SLOTS_A_PART;
    }

    boolean contains(int slot, long offset) {
        Slot known = slots.get(slot);
        return known != null && offset >= known.base && known.bits.get((int) (offset - known.base));
    }

    void add(int slot, long firstWaiting, long offset) {
        Slot known = slots.get(slot);
        if (known == null) {
            known = new Slot();
            known.base = Math.min(firstWaiting, offset);
            slots.put(slot, known);
        }
        if (offset >= known.base) {
            known.bits.set((int) (offset - known.base));
        }
    }

    /** Nothing before the offset waits any more. */
    void forgetBefore(int slot, long offset) {
        Slot known = slots.get(slot);
        if (known == null || offset <= known.base) {
            return;
        }
        int passed = (int) Math.min(Integer.MAX_VALUE, offset - known.base);
        int next = known.bits.nextSetBit(passed);
        if (next < 0) {
            slots.remove(slot);
        } else if (passed >= known.bits.length() / 2) {
            known.bits = known.bits.get(passed, known.bits.length());
            known.base = offset;
        }
    }

    void write(int part, RecordOutput out) {
        int begin = part * SLOTS_A_PART;
        int count = 0;
        for (int slot = begin; slot < begin + SLOTS_A_PART; slot++) {
            count += slots.containsKey(slot) ? 1 : 0;
        }
        out.intValue(count);
        for (int slot = begin; slot < begin + SLOTS_A_PART; slot++) {
            write(slot, slots.get(slot), out);
        }
    }

    private static void write(int slot, @Nullable Slot known, RecordOutput out) {
        if (known != null) {
            long[] words = known.bits.toLongArray();
            out.intValue(slot).longValue(known.base).intValue(words.length);
            for (long word : words) {
                out.longValue(word);
            }
        }
    }

    void restore(RecordInput in) {
        int count = in.count(Integer.BYTES);
        for (int i = 0; i < count; i++) {
            int number = in.intValue();
            Slot slot = new Slot();
            slot.base = in.longValue();
            long[] words = new long[in.count(Long.BYTES)];
            for (int w = 0; w < words.length; w++) {
                words[w] = in.longValue();
            }
            slot.bits = BitSet.valueOf(words);
            slots.put(number, slot);
        }
    }
}
