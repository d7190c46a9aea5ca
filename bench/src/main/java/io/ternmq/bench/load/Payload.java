package io.ternmq.bench.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * Bodies that say which message they are and when they were sent; the rest is bytes that don't compress.
 * <pre>
 *   0        8          16        24
 *   +--------+----------+---------+-----------
 *   | run id | sequence | sent ns | padding …
 *   +--------+----------+---------+-----------
 * </pre>
 */
final class Payload {
    static final int HEADER_BYTES = 24;
    /** The sequence of messages that only ask whether the consumer is there. */
    static final long PROBE = -1;

    private static final int SEQUENCE = 8;
    private static final int SENT_NS = 16;
    private static final long PADDING_SEED = 7;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final long runId;
    private final byte[] template;

    Payload(long runId, int bodyBytes) {
        if (bodyBytes < HEADER_BYTES) {
            throw new IllegalArgumentException("size: " + bodyBytes + " (expected: at least " + HEADER_BYTES + ")");
        }
        this.runId = runId;
        template = new byte[bodyBytes];
        new SplittableRandom(PADDING_SEED).nextBytes(template);
        LONG.set(template, 0, runId);
    }

    byte[] body(long sequence, long sentNs) {
        byte[] body = template.clone();
        LONG.set(body, SEQUENCE, sequence);
        LONG.set(body, SENT_NS, sentNs);
        return body;
    }

    boolean isOfThisRun(byte[] body) {
        return body.length >= HEADER_BYTES && (long) LONG.get(body, 0) == runId;
    }

    static long sequence(byte[] body) {
        return (long) LONG.get(body, SEQUENCE);
    }

    static long sentNs(byte[] body) {
        return (long) LONG.get(body, SENT_NS);
    }
}
