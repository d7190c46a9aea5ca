package io.ternmq.bench.load;

import java.util.Locale;

/** How messages are handed to the client. */
enum SendMode {
    /** One message, waits for its acknowledgement. */
    SYNC,
    /** One message in a transaction that is committed at once, waits for the answer to the half message. */
    TRANSACTION,
    /** One message, the acknowledgement comes by callback. */
    ASYNC,
    /** One message, never acknowledged. */
    ONE_WAY,
    /** Several messages in one request, waits. */
    BATCH,
    /** Several messages in one request, by callback. */
    BATCH_ASYNC;

    static SendMode parse(String text) {
        for (SendMode mode : values()) {
            if (mode.text().equals(text)) {
                return mode;
            }
        }
        throw new IllegalArgumentException(
                "--mode: '" + text + "' (expected: sync, transaction, async, one-way, batch or batch-async)");
    }

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isBatch() {
        return this == BATCH || this == BATCH_ASYNC;
    }

    boolean isByCallback() {
        return this == ASYNC || this == BATCH_ASYNC;
    }
}
