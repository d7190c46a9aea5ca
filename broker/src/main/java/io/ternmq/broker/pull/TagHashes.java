package io.ternmq.broker.pull;

import io.ternmq.log.TagFilter;
import java.util.Arrays;

/** Passes what has one of the tags a group wants, by their hashes; its client compares the tags themselves. */
public final class TagHashes implements TagFilter {
    private final int[] ascending;

    /** @param ascending the hashes, in order; not to be changed afterwards */
    public TagHashes(int[] ascending) {
        this.ascending = ascending;
    }

    @Override
    public boolean matches(int tagHash) {
        return Arrays.binarySearch(ascending, tagHash) >= 0;
    }
}
