package io.ternmq.log.index;

/** Bounds that the test moves; at first everything is retained and committed. */
final class IndexBounds implements LogBounds {
    volatile long startPosition;
    volatile long committedPosition = Long.MAX_VALUE;

    @Override
    public long committedPosition() {
        return committedPosition;
    }

    @Override
    public long startPosition() {
        return startPosition;
    }
}
