package io.ternmq.server;

import java.util.Optional;

/**
 * A count within a range, both ends included.
 *
 * @param zeroMeans what 0 stands for when it lies outside the range; empty: 0 is not allowed there
 */
record WholeNumber(int min, int max, String zeroMeans) implements ValueType<Integer> {

    WholeNumber {
        if (min > max) {
            throw new IllegalArgumentException("min: " + min + " (expected: at most " + max + ")");
        }
    }

    static WholeNumber of(int min, int max) {
        return new WholeNumber(min, max, "");
    }

    /** A port that has one two below it. */
    static WholeNumber port() {
        return of(3, 65_535);
    }

    /** The same, but 0 is allowed too. */
    WholeNumber orZeroFor(String meaning) {
        return new WholeNumber(min, max, meaning);
    }

    @Override
    public Optional<Integer> parse(String text) {
        try {
            int value = Integer.parseInt(text);
            boolean zero = value == 0 && !zeroMeans.isEmpty();
            return zero || (value >= min && value <= max) ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    @Override
    public String expectation() {
        String zero = zeroMeans.isEmpty() ? "" : ", or 0 for " + zeroMeans;
        return "a number, " + min + ".." + max + zero;
    }
}
