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
    /** By then all that a send and a read need has been compiled, in the server and in each fresh client. */
    private static final long SERVER_WARM_UP_MS = 20_000;

    private static final long CLIENT_WARM_UP_MS = 6_000;
    private static final long REST_MS = 10_000;

    /** What counts, and what comes before it; short first looks also warm up for a shorter time. */
    static Durations of(long measuredMs) {
        return new Durations(
                Math.min(SERVER_WARM_UP_MS, 2 * measuredMs),
                Math.min(CLIENT_WARM_UP_MS, measuredMs),
                measuredMs,
                REST_MS,
                Math.max(REST_MS, measuredMs));
    }
}
