package io.ternmq.bench.compare;

/**
 * How long things are done, in milliseconds.
 *
 * @param serverWarmUpMs load before the first measurement on a server
 * @param clientWarmUpMs load before each measurement, as each has a fresh client
 * @param measuredMs     what counts
 * @param restMs         quiet before a server that does nothing is looked at
 * @param idleMs         how long it is looked at
 */
record Durations(long serverWarmUpMs, long clientWarmUpMs, long measuredMs, long restMs, long idleMs) {
    private static final long REST_MS = 10_000;

    /** In proportion to what counts. */
    static Durations of(long measuredMs) {
        return new Durations(
                measuredMs, Math.max(3_000, measuredMs / 4), measuredMs, REST_MS, Math.max(10_000, measuredMs));
    }
}
