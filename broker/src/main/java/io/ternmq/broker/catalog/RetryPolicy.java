package io.ternmq.broker.catalog;

import java.util.List;

/** How long a message that a group could not handle waits before it is given again, where the consumer leaves that to the broker. */
public sealed interface RetryPolicy {
    /** No delay is longer: ten years, as of any timed message. */
    long DELAY_MS_MAX = 3_653L * 24 * 3_600 * 1_000;

    /** The classic delay levels from the third on: 10 s, 30 s, 1 min, …, 2 h. */
    RetryPolicy CLASSIC = new Classic();

    /**
     * Tells the delay before a retry.
     *
     * @param retries how often it was retried already; 0 or more
     * @return milliseconds, 0 to {@link #DELAY_MS_MAX}
     */
    long delayMs(int retries);

    /** What a group has that nobody configured. */
    record Classic() implements RetryPolicy {
        private static final long[] MILLIS = {
            10_000, 30_000, 60_000, 120_000, 180_000, 240_000, 300_000, 360_000, 420_000, 480_000, 540_000, 600_000,
            1_200_000, 1_800_000, 3_600_000, 7_200_000
        };

        @Override
        public long delayMs(int retries) {
            return MILLIS[Math.min(retries, MILLIS.length - 1)];
        }
    }

    /**
     * Each delay is a multiple of the one before.
     *
     * @param initialMs before the first retry
     * @param maxMs no delay is longer
     * @param multiplier 1 or more
     */
    record Exponential(long initialMs, long maxMs, long multiplier) implements RetryPolicy {
        private static final long MULTIPLIER_MAX = 1_000;
        private static final int DOUBLINGS_MAX = 63;

        /** Checks every part. */
        public Exponential {
            checkDelay("initial", initialMs);
            checkDelay("max", maxMs);
            if (multiplier < 1 || multiplier > MULTIPLIER_MAX) {
                throw new IllegalArgumentException(
                        "multiplier: " + multiplier + " (expected: 1.." + MULTIPLIER_MAX + ")");
            }
        }

        @Override
        public long delayMs(int retries) {
            long delayMs = initialMs;
            for (int i = 0; i < Math.min(retries, DOUBLINGS_MAX) && delayMs < maxMs && multiplier > 1; i++) {
                delayMs *= multiplier;
            }
            return Math.min(delayMs, maxMs);
        }
    }

    /**
     * Delays one by one. As RocketMQ counts, the first two are those of retries that its consumers never ask for: the first
     * retry comes after the third, and the last delay is that of all later ones.
     *
     * @param delaysMs one at least
     */
    record Custom(List<Long> delaysMs) implements RetryPolicy {
        /** So many delays at most. */
        public static final int COUNT_MAX = 256;

        private static final int FIRST = 2;

        /** Checks every one and keeps a copy. */
        public Custom {
            if (delaysMs.isEmpty() || delaysMs.size() > COUNT_MAX) {
                throw new IllegalArgumentException(
                        "next: " + delaysMs.size() + " delays (expected: 1.." + COUNT_MAX + ")");
            }
            delaysMs.forEach(delayMs -> checkDelay("next", delayMs));
            delaysMs = List.copyOf(delaysMs);
        }

        @Override
        public long delayMs(int retries) {
            return delaysMs.get((int) Math.min((long) retries + FIRST, delaysMs.size() - 1));
        }
    }

    private static void checkDelay(String name, long delayMs) {
        if (delayMs < 0 || delayMs > DELAY_MS_MAX) {
            throw new IllegalArgumentException(
                    name + ": " + delayMs + " (expected: milliseconds, 0.." + DELAY_MS_MAX + ")");
        }
    }
}
