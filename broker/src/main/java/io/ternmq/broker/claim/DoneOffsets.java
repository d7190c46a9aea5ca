package io.ternmq.broker.claim;

import java.util.Arrays;

/** What a group had done of a queue when those who took from it by lease left it. Immutable. */
public final class DoneOffsets {
    private final long end;
    private final long[] open;

    /**
     * @param end everything before is done, but for what is open
     * @param open offsets before {@code end}, ascending; not to be changed afterwards
     */
    public DoneOffsets(long end, long[] open) {
        this.end = end;
        this.open = open;
    }

    /** @return the first offset from this one on that is not done */
    public long next(long offset) {
        if (offset >= end) {
            return offset;
        }
        int found = Arrays.binarySearch(open, offset);
        int index = found >= 0 ? found : -found - 1;
        return index < open.length ? open[index] : end;
    }

    /** @return whether the message at that offset is done */
    public boolean contains(long offset) {
        return next(offset) != offset;
    }

    /** @return everything before this offset is done */
    public long floor() {
        return open.length == 0 ? end : open[0];
    }

    /** @return from this offset on nothing is done */
    public long end() {
        return end;
    }
}
