package io.ternmq.server.cli;

/** Checks numbers of the command line. */
final class Ranges {

    private Ranges() {}

    /** @throws UsageException naming option, value and range */
    static int check(String option, int value, int min, int max) {
        return (int) check(option, (long) value, min, max);
    }

    /** @throws UsageException naming option, value and range */
    static long check(String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new UsageException(option + ": '" + value + "' (expected: a number, " + min + ".." + max + ")");
        }
        return value;
    }
}
