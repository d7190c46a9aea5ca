package io.ternmq.log.index;

import io.ternmq.log.storage.LogDirectory;
import java.io.IOException;
import java.util.Arrays;

/** Writes a sealed buffer as a sorted run. For one thread at a time. */
final class KeySorter {
    private static final String UNFINISHED_NAME = "keys-sorted.tmp";
    private static final int NUMBER_MASK = KeyBuffer.ENTRY_COUNT_MAX - 1;

    private final LogDirectory directory;
    private long[] order = {};

    KeySorter(LogDirectory directory) {
        this.directory = directory;
    }

    /** @param buffer has at least one entry */
    KeyRun write(KeyBuffer buffer) throws IOException {
        int count = buffer.count();
        if (order.length < count) {
            order = new long[count];
        }
        // The prefix of a hash above the entry's number: sorting these keeps entries with one prefix in log order.
        for (int i = 0; i < count; i++) {
            order[i] = KeyRunLayout.prefix(buffer.hash(i)) << (KeyRunLayout.UNSORTED_BITS - 1) | i;
        }
        Arrays.sort(order, 0, count);
        try (KeyRunWriter writer = new KeyRunWriter(directory, UNFINISHED_NAME)) {
            for (int i = 0; i < count; i++) {
                int number = (int) order[i] & NUMBER_MASK;
                writer.append(buffer.hash(number), buffer.position(number), buffer.timeMs(number));
            }
            return writer.finish(0, buffer.position(0), buffer.position(count - 1), buffer.positionBefore());
        }
    }
}
