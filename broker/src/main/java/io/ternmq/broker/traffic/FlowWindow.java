package io.ternmq.broker.traffic;

import java.util.Arrays;

/** Counts over a sliding span of time, cut into slots: what is older than the span falls out a slot at a time. Not thread-safe. */
final class FlowWindow {
    private static final double SECOND_MS = 1_000.0;

    private final long slotMs;
    private final long[] messages;
    private final long[] bytes;
    private final long[] calls;
    private long newestSlot = -1;

    FlowWindow(long slotMs, int slotCount) {
        this.slotMs = slotMs;
        this.messages = new long[slotCount];
        this.bytes = new long[slotCount];
        this.calls = new long[slotCount];
    }

    void add(long messageCount, long byteCount, long callCount, long atMs) {
        int i = slotAt(atMs);
        messages[i] += messageCount;
        bytes[i] += byteCount;
        calls[i] += callCount;
    }

    /** @param firstMs when the first of all came */
    Flow flow(long firstMs, long nowMs) {
        slotAt(nowMs);
        long count = Arrays.stream(messages).sum();
        double seconds = Math.max(1, Math.min(slotMs * messages.length, nowMs - firstMs) / SECOND_MS);
        return new Flow(count, Arrays.stream(bytes).sum(), Arrays.stream(calls).sum(), count / seconds);
    }

    /** Empties the slots that time has passed over. A clock that goes back counts into the newest slot. @return the slot of now */
    private int slotAt(long nowMs) {
        long slot = Math.max(nowMs / slotMs, newestSlot);
        if (slot > newestSlot) {
            long first = newestSlot < 0 ? slot : Math.max(newestSlot + 1, slot - messages.length + 1);
            for (long passed = first; passed <= slot; passed++) {
                int i = (int) (passed % messages.length);
                messages[i] = 0;
                bytes[i] = 0;
                calls[i] = 0;
            }
            newestSlot = slot;
        }
        return (int) (slot % messages.length);
    }
}
