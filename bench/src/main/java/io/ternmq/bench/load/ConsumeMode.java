package io.ternmq.bench.load;

import java.util.Locale;

/** How the consumer reads. */
enum ConsumeMode {
    /** By offset, many messages at a time. */
    PUSH,
    /** By offset, a queue's messages one after the other, under the queue's lock. */
    ORDERLY,
    /** By lease, each message acknowledged by itself. */
    POP;

    static ConsumeMode parse(String text) {
        for (ConsumeMode mode : values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(text)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("--consume-mode: '" + text + "' (expected: push, orderly or pop)");
    }
}
