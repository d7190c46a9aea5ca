package io.ternmq.bench.engine;

import io.ternmq.bench.measure.JsonLine;
import io.ternmq.bench.measure.Options;
import io.ternmq.bench.measure.ProcessGroup;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * What many queues cost the engine: appends to all of them in turn against appends to one, and how long the log takes to
 * open again.
 * <pre>
 *   --work DIR   --queues 100000   --messages 2000000   --size 1024
 * </pre>
 */
public final class QueuesBench {
    /** Coprime to any number of queues that is not a multiple of it, so that neighbours in time are none in number. */
    private static final int STRIDE = 7_919;

    private final Options options;
    private final PrintStream out;

    /** Reads nothing yet. */
    public QueuesBench(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Runs and prints.
     *
     * @return 0
     */
    public int run() throws IOException {
        int queues = options.count("queues", 100_000);
        long messages = options.count("messages", 2_000_000);
        int bodyBytes = options.count("size", 1_024);
        try (WorkFolder folder = WorkFolder.of(options)) {
            options.refuseUnknown();
            Path path = folder.path();
            // Once more than needed: the first time, the JVM still compiles.
            rate(path.resolve("warm-up"), bodyBytes, messages / 4, 1);
            double rateOfOne = rate(path.resolve("one"), bodyBytes, messages, 1);
            double rateOfMany = rate(path.resolve("many"), bodyBytes, messages, queues);
            Stopwatch stopwatch = new Stopwatch();
            AppendingLog.open(path.resolve("many"), bodyBytes).close();
            out.println(new JsonLine()
                    .put("tool", "queues")
                    .put("queues", queues)
                    .put("one_msg_s", rateOfOne)
                    .put("many_msg_s", rateOfMany)
                    .put("ratio", rateOfMany / rateOfOne)
                    .put("open_s", stopwatch.seconds())
                    .put(
                            "rss_mib",
                            new ProcessGroup(List.of(ProcessHandle.current().pid())).residentMib()));
            out.flush();
        }
        return 0;
    }

    private static double rate(Path folder, int bodyBytes, long messages, int queues) throws IOException {
        try (AppendingLog log = AppendingLog.open(folder, bodyBytes)) {
            Stopwatch stopwatch = new Stopwatch();
            log.append(messages, message -> (int) (message * STRIDE % queues));
            log.force();
            return messages / stopwatch.seconds();
        }
    }
}
