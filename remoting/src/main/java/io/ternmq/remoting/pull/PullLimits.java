package io.ternmq.remoting.pull;

import io.ternmq.log.ReadLimits;
import io.ternmq.protocol.remoting.PullRequest;
import io.ternmq.remoting.access.RecordBuffer;

/** What one answer may hold, and how long a pull may wait. */
final class PullLimits {
    private static final int COUNT_MAX = 1_024;
    private static final int BYTES_DEFAULT = 256 * 1024;
    private static final int SCAN_COUNT_MAX = 4_096;
    private static final long WAIT_MS_MAX = 60_000;

    private PullLimits() {}

    static ReadLimits of(PullRequest pull) {
        int count = Math.max(1, Math.min(pull.maxMessages(), COUNT_MAX));
        int bytes =
                pull.maxBytes() < 0 ? BYTES_DEFAULT : Math.max(1, Math.min(pull.maxBytes(), RecordBuffer.BYTES_MAX));
        return new ReadLimits(count, bytes, SCAN_COUNT_MAX);
    }

    static long waitMs(PullRequest pull) {
        return Math.max(0, Math.min(pull.suspendTimeoutMs(), WAIT_MS_MAX));
    }
}
