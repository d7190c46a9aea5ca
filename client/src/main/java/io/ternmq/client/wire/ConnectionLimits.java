package io.ternmq.client.wire;

import io.ternmq.protocol.remoting.WireLimits;

/**
 * What a connection may hold, and how long it waits.
 *
 * @param requestsMax      requests under way or waiting to be written; more are refused as busy
 * @param requestBytesMax  their bytes
 * @param frames           what the server may make us hold
 * @param connectTimeoutMs how long making the connection may take
 * @param backOffMsMin     how long to wait after a first failure to connect
 * @param backOffMsMax     how long at most, after several
 */
public record ConnectionLimits(
        int requestsMax,
        long requestBytesMax,
        WireLimits frames,
        int connectTimeoutMs,
        long backOffMsMin,
        long backOffMsMax) {

    /** An answer may hold 32 messages of 4 MiB when a server is that generous. */
    private static final int ANSWER_BYTES_MAX = 136 * 1024 * 1024;

    private static final int HEADER_BYTES_MAX = 1024 * 1024;
    private static final int FIELDS_MAX = 256;

    /** The defaults. */
    public static final ConnectionLimits DEFAULT = new ConnectionLimits(
            32_768,
            64L * 1024 * 1024,
            new WireLimits(ANSWER_BYTES_MAX, HEADER_BYTES_MAX, FIELDS_MAX),
            3_000,
            100,
            1_000);

    /** Checks the ranges. */
    public ConnectionLimits {
        check("requestsMax", requestsMax);
        check("requestBytesMax", requestBytesMax);
        check("connectTimeoutMs", connectTimeoutMs);
        check("backOffMsMin", backOffMsMin);
        if (backOffMsMax < backOffMsMin) {
            throw new IllegalArgumentException(
                    "backOffMsMax: " + backOffMsMax + " (expected: at least " + backOffMsMin + ")");
        }
    }

    private static void check(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
        }
    }
}
