package io.ternmq.grpc.receive;

import apache.rocketmq.v2.Code;
import io.ternmq.grpc.call.CallRefused;

/** What one request may take, for how long, and how long it may wait. */
public final class ReceiveLimits {
    /** One request takes so many messages at most; one that wants more gets so many. */
    public static final int COUNT_MAX = 256;
    /** One request takes so many bytes at most, unless the first message alone is larger. */
    public static final int BYTES_MAX = 256 * 1024;
    /** An answer has so many bytes at most once bodies are unpacked, unless the first message alone is larger. */
    static final int UNPACKED_BYTES_MAX = 2 * BYTES_MAX;
    /** An event loop unpacks so many bytes for one answer at most; more is for a reader thread. */
    public static final int UNPACKED_HERE_MAX = 16 * 1024;
    /** A request waits so long at most. */
    static final long WAIT_MS_MAX = 60_000;
    /** So long before its client gives up, a request is answered. */
    static final long WAIT_ENDS_EARLY_MS = 200;
    /** Messages are taken for so long at least, as with RocketMQ's proxy: a client needs time to acknowledge. */
    static final long INVISIBLE_MS_MIN = 10_000;
    /** A lease ends within so long, unless it is renewed. */
    static final long INVISIBLE_MS_MAX = 12 * 3_600_000L;
    /**
     * A client that leaves the time to us has its messages for so long, again and again while its telemetry stream is open. When
     * it breaks down, others get its messages after that time at the latest.
     */
    static final long RENEWED_MS = 30_000;
    /** One request acknowledges so many messages at most. */
    static final int ACKNOWLEDGED_COUNT_MAX = 1_024;
    /** The name that a request gives itself, and by which its messages are known for a while, has so many characters at most. */
    static final int ATTEMPT_ID_CHARS_MAX = 256;
    /** What cannot be delivered now is seen again after so long. */
    static final long TAKEN_BACK_MS = 1_000;

    private ReceiveLimits() {}

    /** @throws CallRefused when messages cannot be out of sight for so long */
    static long invisible(long ms, long minMs) {
        if (ms < minMs) {
            throw new CallRefused(Code.ILLEGAL_INVISIBLE_TIME, "the invisibleTime is too small. min is " + minMs);
        }
        if (ms > INVISIBLE_MS_MAX) {
            throw new CallRefused(
                    Code.ILLEGAL_INVISIBLE_TIME, "the invisibleTime is too large. max is " + INVISIBLE_MS_MAX);
        }
        return ms;
    }

    /**
     * Says how long a request may wait.
     *
     * @param wantedMs what it asks for
     * @param remainingMs until its client gives up
     * @throws CallRefused when the client would not hear the answer
     */
    public static long wait(long wantedMs, long remainingMs) {
        if (remainingMs <= WAIT_ENDS_EARLY_MS) {
            throw new CallRefused(
                    Code.ILLEGAL_POLLING_TIME,
                    "The deadline time remaining is not enough for polling, please check network condition");
        }
        return Math.max(0, Math.min(Math.min(wantedMs, WAIT_MS_MAX), remainingMs - WAIT_ENDS_EARLY_MS));
    }
}
