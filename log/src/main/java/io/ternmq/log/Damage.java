package io.ternmq.log;

import java.util.HashSet;
import java.util.Set;

/** Which places of the log were found damaged: each is counted and reported once. Any thread. */
final class Damage {
    /** More places than this are counted, and reported each time they are met. */
    private static final int REMEMBERED_MAX = 10_000;

    private final LogListener listener;
    private final Set<Long> positions = new HashSet<>();
    private long count;

    Damage(LogListener listener) {
        this.listener = listener;
    }

    void report(long position, long bytes, String reason) {
        synchronized (this) {
            if (positions.contains(position)) {
                return;
            }
            if (positions.size() < REMEMBERED_MAX) {
                positions.add(position);
            }
            count++;
        }
        listener.damaged(position, bytes, reason);
    }

    synchronized long count() {
        return count;
    }
}
