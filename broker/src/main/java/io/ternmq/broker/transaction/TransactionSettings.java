package io.ternmq.broker.transaction;

/**
 * What can be set about transactions.
 *
 * @param timeoutMs how old a half message is when its producers are asked about it first, unless it says otherwise; 1
 *     or more
 * @param checkIntervalMs how long after that they are asked again, each time; 1 or more
 * @param checksMax how often they are asked at most; 1 or more
 * @param undecidedMax how many half messages may be undecided; 1 or more
 */
public record TransactionSettings(long timeoutMs, long checkIntervalMs, int checksMax, int undecidedMax) {
    /** As RocketMQ's brokers do it, and a bound that takes about 25 MB of heap when it is reached. */
    public static final TransactionSettings DEFAULT = new TransactionSettings(6_000, 30_000, 15, 200_000);

    /** Checks every part. */
    public TransactionSettings {
        check("timeoutMs", timeoutMs);
        check("checkIntervalMs", checkIntervalMs);
        check("checksMax", checksMax);
        check("undecidedMax", undecidedMax);
    }

    private static void check(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
        }
    }
}
