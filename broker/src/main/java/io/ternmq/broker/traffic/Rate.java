package io.ternmq.broker.traffic;

/**
 * How fast messages may go.
 *
 * @param messagesPerSecond 1 or more; 0 for any number
 * @param bytesPerSecond of their records, 1 or more; 0 for any number
 */
public record Rate(long messagesPerSecond, long bytesPerSecond) {
    /** As fast as they like. */
    public static final Rate UNLIMITED = new Rate(0, 0);

    /** Checks both; the message names what is wrong, its value and what was expected. */
    public Rate {
        check("messagesPerSecond", messagesPerSecond);
        check("bytesPerSecond", bytesPerSecond);
    }

    /** @return whether there is no limit at all */
    public boolean isUnlimited() {
        return messagesPerSecond == 0 && bytesPerSecond == 0;
    }

    private static void check(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0 for no limit, or more)");
        }
    }
}
