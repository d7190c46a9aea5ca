package io.ternmq.bench.engine;

import io.ternmq.bench.measure.JsonLine;
import io.ternmq.bench.measure.MachineCpu;
import io.ternmq.bench.measure.Options;
import io.ternmq.bench.measure.ProcessGroup;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/**
 * Whether the ten-millionth message costs what the first did: a line for each tenth, then how the last compares with the
 * second (in the first the JVM still compiles).
 * <pre>
 *   --work DIR   --messages 10000000   --size 100   --queues 4
 * </pre>
 */
public final class CostBench {
    private static final int PARTS = 10;

    private final Options options;
    private final PrintStream out;

    /** Reads nothing yet. */
    public CostBench(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Runs and prints.
     *
     * @return 0
     */
    public int run() throws IOException {
        long partCount = options.count("messages", 10_000_000) / PARTS;
        int queues = options.count("queues", 4);
        double[] microseconds = new double[PARTS];
        try (WorkFolder folder = WorkFolder.of(options);
                AppendingLog log = AppendingLog.open(folder.path(), options.count("size", 100))) {
            options.refuseUnknown();
            for (int part = 0; part < PARTS; part++) {
                Stopwatch stopwatch = new Stopwatch();
                double cpuSeconds = -MachineCpu.ownSeconds();
                log.append(partCount, message -> (int) (message % queues));
                cpuSeconds += MachineCpu.ownSeconds();
                microseconds[part] = stopwatch.seconds() * 1e6 / partCount;
                print(new JsonLine()
                        .put("tool", "cost")
                        .put("messages", (part + 1) * partCount)
                        .put("us_msg", microseconds[part])
                        .put("cpu_us_msg", cpuSeconds * 1e6 / partCount)
                        .put("rss_mib", own().residentMib()));
            }
        }
        print(new JsonLine().put("tool", "cost").put("last_to_second", microseconds[PARTS - 1] / microseconds[1]));
        return 0;
    }

    private static ProcessGroup own() {
        return new ProcessGroup(List.of(ProcessHandle.current().pid()));
    }

    private void print(JsonLine line) {
        out.println(line);
        out.flush();
    }
}
