package io.ternmq.bench.engine;

import io.ternmq.bench.measure.JsonLine;
import io.ternmq.bench.measure.Median;
import io.ternmq.bench.measure.Options;
import java.io.IOException;
import java.io.PrintStream;

/**
 * How much of the disk's plain sequential speed is left when the same bytes are appended as messages. Both take turns,
 * since disks have moods.
 * <pre>
 *   --work DIR   --mib 1024 in each round   --rounds 5   --size 1024
 * </pre>
 */
public final class AppendBench {
    private static final long WARM_UP_COUNT = 300_000;

    private final Options options;
    private final PrintStream out;

    /** Reads nothing yet. */
    public AppendBench(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Runs and prints.
     *
     * @return 0
     */
    public int run() throws IOException {
        long bytes = (long) options.count("mib", 1_024) << 20;
        int bodyBytes = options.count("size", 1_024);
        double[] plainMbs = new double[options.count("rounds", 5)];
        double[] logMbs = new double[plainMbs.length];
        double[] messageRates = new double[plainMbs.length];
        try (WorkFolder folder = WorkFolder.of(options);
                AppendingLog log = AppendingLog.open(folder.path().resolve("log"), bodyBytes)) {
            options.refuseUnknown();
            PlainFile plain = new PlainFile(folder.path().resolve("plain"));
            log.append(WARM_UP_COUNT, message -> 0);
            log.force();
            for (int round = 0; round < plainMbs.length; round++) {
                plainMbs[round] = bytes / plain.write(bytes) / 1e6;
                long startPosition = log.endPosition();
                long count = bytes / bodyBytes;
                Stopwatch stopwatch = new Stopwatch();
                log.append(count, message -> (int) (message & 3));
                log.force();
                double seconds = stopwatch.seconds();
                logMbs[round] = (log.endPosition() - startPosition) / seconds / 1e6;
                messageRates[round] = count / seconds;
            }
        }
        out.println(new JsonLine()
                .put("tool", "append")
                .put("msg_s", Median.of(messageRates))
                .put("log_mb_s", Median.of(logMbs))
                .put("plain_mb_s", Median.of(plainMbs))
                .put("share", Median.of(logMbs) / Median.of(plainMbs)));
        out.flush();
        return 0;
    }
}
