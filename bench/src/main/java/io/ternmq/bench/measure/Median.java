package io.ternmq.bench.measure;

import java.util.Arrays;

/** The middle one of several measurements: one that was disturbed does not count. */
public final class Median {
    private Median() {}

    /** @return the middle one, of an even number the mean of the middle two; NaN of none */
    public static double of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        if (sorted.length % 2 == 1) {
            return sorted[middle];
        }
        return sorted.length == 0 ? Double.NaN : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
