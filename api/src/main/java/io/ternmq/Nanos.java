package io.ternmq;

/** Measures how long something takes: the one place that reads the system's time for it. */
final class Nanos {

    private Nanos() {}

    /** Says nothing by itself; the difference of two is the time between them. @return nanoseconds*/
    static long now() {
        return System.nanoTime();
    }
}
