package io.ternmq.bench.compare;

import io.ternmq.bench.measure.JsonLine;
import io.ternmq.bench.measure.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Fills TernMQ's log, kills the server with signal 9 while messages come in, and times how long a new process takes until
 * it acknowledges a message.
 * <pre>
 *   --tern DIR   --work DIR   --gb 10   --size 1024   --rounds 3 kills
 * </pre>
 */
public final class RestartBench {
    private static final String FILL_SECONDS = "10";
    private static final long LOAD_BEFORE_KILL_S = 4;
    private static final long BYTES_PER_GB = 1_000_000_000;

    private final PrintStream out;
    private final TernMq ternMq;
    private final Tool tool;
    private final long logBytes;
    private final int rounds;
    private final String bodyBytes;

    /**
     * Reads what shall be done.
     *
     * @throws IllegalArgumentException when an option is wrong
     */
    public RestartBench(Options options, PrintStream out) {
        this.out = out;
        Path work = options.folder("work");
        ternMq = new TernMq(options.folder("tern"), work);
        tool = new Tool(work);
        logBytes = options.count("gb", 10) * BYTES_PER_GB;
        rounds = options.count("rounds", 3);
        bodyBytes = options.text("size", "1024");
        options.refuseUnknown();
    }

    /**
     * Runs and prints.
     *
     * @return 0
     * @throws InterruptedException when it shall end
     */
    public int run() throws IOException, InterruptedException {
        Children.endWithThisProcess();
        Server server = ternMq.start(Flush.ASYNC);
        while (Folders.bytes(ternMq.dataFolder()) < logBytes) {
            tool.run("load", load(FILL_SECONDS));
        }
        for (int round = 1; round <= rounds; round++) {
            killUnderLoad(server);
            try (Tool.Running client = tool.start("first-send", List.of())) {
                client.nextLine();
                server = ternMq.restart(Flush.ASYNC);
                double firstSendMs = client.lastLine().number("first_send_ms").orElse(Double.NaN);
                out.println(new JsonLine()
                        .put("tool", "restart")
                        .put("round", round)
                        .put("log_gb", (double) Folders.bytes(ternMq.dataFolder()) / BYTES_PER_GB)
                        .put("ready_ms", firstSendMs - server.startMs())
                        .put("rss_mib", server.processes().residentMib()));
                out.flush();
            }
        }
        server.close();
        return 0;
    }

    private void killUnderLoad(Server server) throws IOException, InterruptedException {
        Tool.Running load = tool.start("load", load("60"));
        try {
            TimeUnit.SECONDS.sleep(LOAD_BEFORE_KILL_S);
            server.kill();
        } finally {
            load.close();
        }
    }

    private List<String> load(String seconds) {
        return List.of("--mode", "async", "--size", bodyBytes, "--warmup", "0", "--seconds", seconds);
    }
}
