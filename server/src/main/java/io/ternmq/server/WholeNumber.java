package io.ternmq.server;

import java.util.Optional;

/** A count within a range, both ends included. */
record WholeNumber(int min, int max) implements ValueType<Integer> {

    WholeNumber {
        if (min > max) {
            throw new IllegalArgumentException("min: " + min + " (expected: at most " + max + ")");
        }
    }

    @Override
    public Optional<Integer> parse(String text) {
        try {
            int value = Integer.parseInt(text);
            return value < min || value > max ? Optional.empty() : Optional.of(value);
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    @Override
    public String expectation() {
        return "a number, " + min + ".." + max;
    }
}
