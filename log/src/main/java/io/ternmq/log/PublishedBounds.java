package io.ternmq.log;

import io.ternmq.log.index.LogBounds;

/** Between which positions readers may read. Both only rise. Written by the writer, read by any thread. */
final class PublishedBounds implements LogBounds {
    private volatile long committedPosition;
    private volatile long startPosition;

    @Override
    public long committedPosition() {
        return committedPosition;
    }

    @Override
    public long startPosition() {
        return startPosition;
    }

    void commit(long position) {
        committedPosition = position;
    }

    void start(long position) {
        startPosition = position;
    }
}
