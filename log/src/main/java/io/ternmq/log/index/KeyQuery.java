package io.ternmq.log.index;

import org.agrona.collections.LongArrayList;

/** One lookup: what is looked for, and what has been found of it so far, newest first. For one thread. */
final class KeyQuery {
    private final long keyHash;
    private final long fromTimeMs;
    private final long toTimeMs;
    private final int countMax;
    private final LongArrayList found;
    private final LogBounds bounds;

    KeyQuery(long keyHash, KeyTimes times, int countMax, LongArrayList found, LogBounds bounds) {
        this.keyHash = keyHash;
        this.fromTimeMs = times.fromMs();
        this.toTimeMs = times.toMs();
        this.countMax = countMax;
        this.found = found;
        this.bounds = bounds;
    }

    /** The times to look in, both included. */
    record KeyTimes(long fromMs, long toMs) {}

    /** Begins again. */
    void restart() {
        found.clear();
    }

    boolean isFull() {
        return found.size() >= countMax;
    }

    long keyHash() {
        return keyHash;
    }

    long fromTimeMs() {
        return fromTimeMs;
    }

    long toTimeMs() {
        return toTimeMs;
    }

    /** Takes an entry that is older than those before, when it is what is looked for. */
    void offer(long hash, long position, long timeMs) {
        boolean matches = hash == keyHash
                && timeMs >= fromTimeMs
                && timeMs <= toTimeMs
                && position < bounds.committedPosition()
                && position >= bounds.startPosition();
        boolean isRepeated = !found.isEmpty() && found.getLong(found.size() - 1) == position;
        if (matches && !isRepeated) {
            found.addLong(position);
        }
    }
}
