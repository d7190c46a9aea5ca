package io.ternmq.engine;

/** Measures how long something takes: the one place that reads the system's time for it. */
public final class Nanos {

    private Nanos() {}

    /**
     * Says nothing by itself; the difference of two is the time between them.
     *
     * @return nanoseconds
     */
    public static long now() {
        return System.nanoTime();
    }
}
