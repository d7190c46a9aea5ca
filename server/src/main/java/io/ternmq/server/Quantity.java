package io.ternmq.server;

import java.util.List;
import java.util.Optional;

/**
 * A number with a unit, held in the smallest unit: sizes in bytes, durations in milliseconds.
 *
 * @param what      {@code a size} or {@code a duration}
 * @param min       least value, in the smallest unit
 * @param max       greatest value, in the smallest unit
 * @param zeroMeans what 0 stands for when it lies outside the range, such as {@code no limit}; empty: 0 is not allowed
 *                  there
 * @param units     the units that may follow the number, smallest first
 */
record Quantity(String what, long min, long max, String zeroMeans, List<Unit> units) implements ValueType<Long> {

    private static final List<Unit> BYTES =
            List.of(new Unit("B", 1), new Unit("KiB", 1L << 10), new Unit("MiB", 1L << 20), new Unit("GiB", 1L << 30));
    private static final List<Unit> TIME = List.of(
            new Unit("ms", 1),
            new Unit("s", 1_000),
            new Unit("m", 60_000),
            new Unit("h", 3_600_000),
            new Unit("d", 86_400_000));

    /** A unit and how many of the smallest one it is. */
    record Unit(String name, long factor) {}

    static Quantity bytes(long min, long max) {
        return new Quantity("a size", min, max, "", BYTES);
    }

    static Quantity time(long minMs, long maxMs) {
        return new Quantity("a duration", minMs, maxMs, "", TIME);
    }

    /** The same, but 0 is allowed too. */
    Quantity orZeroFor(String meaning) {
        return new Quantity(what, min, max, meaning, units);
    }

    @Override
    public Optional<Long> parse(String text) {
        int digitCount = 0;
        while (digitCount < text.length() && isDigit(text.charAt(digitCount))) {
            digitCount++;
        }
        String unitName = text.substring(digitCount).trim();
        if (digitCount == 0 || digitCount > 18) {
            return Optional.empty();
        }
        long number = Long.parseLong(text.substring(0, digitCount));
        if (number == 0 && !zeroMeans.isEmpty()) {
            return Optional.of(0L);
        }
        return factorOf(unitName)
                .filter(factor -> number <= Long.MAX_VALUE / factor)
                .map(factor -> number * factor)
                .filter(value -> value >= min && value <= max);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** A bare number counts the smallest unit. */
    private Optional<Long> factorOf(String unitName) {
        for (Unit unit : units) {
            if (unit.name().equalsIgnoreCase(unitName) || unitName.isEmpty()) {
                return Optional.of(unit.factor());
            }
        }
        return Optional.empty();
    }

    @Override
    public String expectation() {
        String zero = zeroMeans.isEmpty() ? "" : ", or 0 for " + zeroMeans;
        return what + ", " + format(min) + ".." + format(max) + zero;
    }

    /** In the largest unit that divides it. */
    private String format(long value) {
        Unit best = units.get(0);
        for (Unit unit : units) {
            if (value != 0 && value % unit.factor() == 0) {
                best = unit;
            }
        }
        return value / best.factor() + best.name();
    }
}
