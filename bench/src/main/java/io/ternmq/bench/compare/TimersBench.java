package io.ternmq.bench.compare;

import io.ternmq.bench.measure.JsonLine;
import io.ternmq.bench.measure.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/**
 * Many timers in TernMQ: what they cost while they wait, how late those that are due come, and how long a start takes
 * behind a kill with signal 9.
 * <pre>
 *   --tern DIR   --work DIR   --pending 1000000   --due 200000   --rate 10000
 * </pre>
 */
public final class TimersBench {
    private final PrintStream out;
    private final TernMq ternMq;
    private final Tool tool;
    private final String pending;
    private final String due;
    private final String rate;

    /**
     * Reads what shall be done.
     *
     * @throws IllegalArgumentException when an option is wrong
     */
    public TimersBench(Options options, PrintStream out) {
        this.out = out;
        ternMq = new TernMq(options.folder("tern"), options.folder("work"));
        tool = new Tool(options.folder("work"));
        pending = Integer.toString(options.count("pending", 1_000_000));
        due = Integer.toString(options.count("due", 200_000));
        rate = Integer.toString(options.count("rate", 10_000));
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
        JsonLine line = new JsonLine().put("tool", "timers");
        Server server = ternMq.start(Flush.ASYNC);
        JsonLine ignored = tool.run("timer-load", load("0")); // a warm server is what they are added to
        line.put("before_anon_mib", server.processes().anonymousMib());
        line.putAll(tool.run("timer-load", load(pending)));
        line.put("after_anon_mib", server.processes().anonymousMib())
                .put("after_rss_mib", server.processes().residentMib())
                .put("warm_up_errors", ignored.number("errors").orElse(Double.NaN));
        server.kill();
        try (Tool.Running client = tool.start("first-send", List.of())) {
            client.nextLine();
            server = ternMq.restart(Flush.ASYNC);
            double firstSendMs = client.lastLine().number("first_send_ms").orElse(Double.NaN);
            line.put("restart_ms", firstSendMs - server.startMs())
                    .put("restart_anon_mib", server.processes().anonymousMib());
        }
        server.close();
        out.println(line);
        out.flush();
        return 0;
    }

    private List<String> load(String pendingCount) {
        return List.of("--pending", pendingCount, "--due", due, "--rate", rate);
    }
}
