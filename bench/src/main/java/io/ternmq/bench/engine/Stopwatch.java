package io.ternmq.bench.engine;

/** Seconds since it was made. */
final class Stopwatch {
    private final long startNs = System.nanoTime();

    double seconds() {
        return (System.nanoTime() - startNs) / 1e9;
    }
}
