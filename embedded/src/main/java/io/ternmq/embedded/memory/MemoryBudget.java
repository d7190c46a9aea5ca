package io.ternmq.embedded.memory;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** How much all files of one queue may hold. Thread-safe. */
final class MemoryBudget {

    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();

    MemoryBudget(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** @throws IOException when there is no room, like a full disk */
    void take(long count) throws IOException {
        if (bytes.addAndGet(count) > bytesMax) {
            bytes.addAndGet(-count);
            throw new IOException("memory: " + bytesMax + " bytes are full (expected: room; see the setting 'memory')");
        }
    }

    void giveBack(long count) {
        bytes.addAndGet(-count);
    }

    long leftBytes() {
        return Math.max(0, bytesMax - bytes.get());
    }
}
