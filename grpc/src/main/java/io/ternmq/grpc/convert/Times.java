package io.ternmq.grpc.convert;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;

/** Milliseconds to protobuf's moments and durations, and back. */
public final class Times {
    private static final int MS_PER_SECOND = 1_000;
    private static final long SECONDS_MAX = Long.MAX_VALUE / MS_PER_SECOND - 1;
    private static final int NANOS_PER_MS = 1_000_000;

    private Times() {}

    /** @return the same in protobuf's words */
    public static Duration duration(long ms) {
        return Duration.newBuilder()
                .setSeconds(Math.floorDiv(ms, MS_PER_SECOND))
                .setNanos(Math.floorMod(ms, MS_PER_SECOND) * NANOS_PER_MS)
                .build();
    }

    /** @return the same in protobuf's words */
    public static Timestamp timestamp(long ms) {
        return Timestamp.newBuilder()
                .setSeconds(Math.floorDiv(ms, MS_PER_SECOND))
                .setNanos(Math.floorMod(ms, MS_PER_SECOND) * NANOS_PER_MS)
                .build();
    }

    /** @return milliseconds; the greatest or smallest where there are more */
    public static long ms(Duration duration) {
        return ms(duration.getSeconds(), duration.getNanos());
    }

    /** @return milliseconds since 1970; the greatest or smallest where there are more */
    public static long ms(Timestamp timestamp) {
        return ms(timestamp.getSeconds(), timestamp.getNanos());
    }

    private static long ms(long seconds, int nanos) {
        if (seconds > SECONDS_MAX || seconds < -SECONDS_MAX) {
            return seconds > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        return seconds * MS_PER_SECOND + nanos / NANOS_PER_MS;
    }
}
