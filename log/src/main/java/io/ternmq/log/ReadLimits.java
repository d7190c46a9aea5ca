package io.ternmq.log;

/**
 * Where a read stops.
 *
 * @param countMax messages handed to the sink
 * @param bytesMax their bytes; the first message is handed over however large it is
 * @param scanCountMax messages looked at, with those that the filter refuses
 */
public record ReadLimits(int countMax, int bytesMax, int scanCountMax) {
    /** Checks each. */
    public ReadLimits {
        requirePositive("countMax", countMax);
        requirePositive("bytesMax", bytesMax);
        requirePositive("scanCountMax", scanCountMax);
    }

    private static void requirePositive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1..)");
        }
    }
}
