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
    /** So much memory outside files a million timers may take. */
    private static final double MIB_MAX = 64;

    private static final double LATE_P99_MS_MAX = 100;
    private static final int EXIT_NOT_MET = 3;

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
     * @return 0, or 3 when something was early, lost, doubled or refused, or a limit was passed
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
        boolean isMet = isMet(line);
        out.println(line.put("met", isMet ? "yes" : "no"));
        out.flush();
        return isMet ? 0 : EXIT_NOT_MET;
    }

    private static boolean isMet(JsonLine line) {
        double grownMib = number(line, "after_anon_mib") - number(line, "before_anon_mib");
        return grownMib <= MIB_MAX
                && number(line, "late_p99_ms") <= LATE_P99_MS_MAX
                && number(line, "received") == number(line, "due")
                && number(line, "duplicates") + number(line, "early") + number(line, "errors") == 0;
    }

    /** Not a number where it is missing, which meets nothing. */
    private static double number(JsonLine line, String name) {
        return line.number(name).orElse(Double.NaN);
    }

    private List<String> load(String pendingCount) {
        return List.of("--pending", pendingCount, "--due", due, "--rate", rate);
    }
}
