package io.ternmq.runtime.consume;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many messages may be held: those that handlers may have and as many again, and where handlers are quick, as many as they lately
 * did in {@link #AHEAD}. So they need not wait for the next ones, while slow ones keep little from others. Thread-safe.
 */
final class HeldBudget {

    /** For so long handlers find messages that were taken ahead. */
    static final Duration AHEAD = Duration.ofMillis(100);

    /** So many messages at most are held besides those that handlers may have, however slow these are. */
    static final int SPARE_MAX = 512;

    /** So many messages at most are held because handlers are quick. */
    static final int QUICK_MAX = 2_048;

    /** While bodies of so many bytes are held, no more messages are because handlers are quick. */
    static final long BYTES_MAX = 16L << 20;

    /** Speed is measured over so long at least. */
    private static final long MEASURED_NS_MIN = 10_000_000;

    private final int countMin;
    private final boolean growing;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private volatile int countMax;
    private long takenCount;
    private long measuredDone;
    private long measuredNs;
    private double donePerNs;

    /**
     * Holds nothing.
     *
     * @param handled so many messages handlers may have at a time
     * @param growing whether more are held when handlers are quick
     * @param nowNs   the engine's time
     */
    HeldBudget(int handled, boolean growing, long nowNs) {
        this.countMin = handled + Math.min(handled, SPARE_MAX);
        this.countMax = countMin;
        this.growing = growing;
        this.measuredNs = nowNs;
    }

    /** Some came. */
    synchronized void add(int messages, long bodyBytes) {
        takenCount += messages;
        count.addAndGet(messages);
        bytes.addAndGet(bodyBytes);
    }

    /** Some are not held any more. @return how many still are */
    int remove(int messages) {
        return count.addAndGet(-messages);
    }

    /** Bodies are not held any more. */
    void removeBytes(long bodyBytes) {
        bytes.addAndGet(-bodyBytes);
    }

    boolean isEmpty() {
        return count.get() == 0;
    }

    /** Whether half of what may be held is free, so that a request for more is worth it. */
    boolean isHalfFree() {
        int most = countMax;
        return 2 * (most - count.get()) >= most;
    }

    /** @return how many more may be held, when at least half is free; else 0 */
    synchronized int room(long nowNs) {
        measure(nowNs);
        int quick = bytes.get() < BYTES_MAX ? (int) Math.min(QUICK_MAX, donePerNs * AHEAD.toNanos()) : 0;
        countMax = countMin + (growing ? quick : 0);
        return isHalfFree() ? countMax - count.get() : 0;
    }

    private void measure(long nowNs) {
        long elapsedNs = nowNs - measuredNs;
        if (elapsedNs >= MEASURED_NS_MIN) {
            long done = takenCount - count.get();
            donePerNs = (double) (done - measuredDone) / elapsedNs;
            measuredDone = done;
            measuredNs = nowNs;
        }
    }
}
