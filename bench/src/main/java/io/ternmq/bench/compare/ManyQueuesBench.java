package io.ternmq.bench.compare;

import io.ternmq.bench.measure.JsonLine;
import io.ternmq.bench.measure.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What many queues cost a whole server: sends to a topic of one queue, then to many topics of four queues each, then a
 * restart with all of them.
 * <pre>
 *   --tern DIR   --work DIR   --topics 25000   --seconds 20
 * </pre>
 */
public final class ManyQueuesBench {
    private static final long QUEUES_PER_TOPIC = 4;
    /** In it the client asks for the route of each topic. */
    private static final String WARM_UP_SECONDS = "30";

    private final PrintStream out;
    private final TernMq ternMq;
    private final Tool tool;
    private final int topics;
    private final String seconds;

    /**
     * Reads what shall be done.
     *
     * @throws IllegalArgumentException when an option is wrong
     */
    public ManyQueuesBench(Options options, PrintStream out) {
        this.out = out;
        ternMq = new TernMq(options.folder("tern"), options.folder("work"));
        tool = new Tool(options.folder("work"));
        topics = options.count("topics", 25_000);
        seconds = Double.toString(options.secondsAsMs("seconds", 20) / 1e3);
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
        JsonLine line = new JsonLine().put("tool", "many-queues").put("queues", topics * QUEUES_PER_TOPIC);
        try (Server server = ternMq.start(Flush.ASYNC)) {
            tool.run("load", load(1, 1));
            JsonLine one = tool.run("load", load(1, 1));
            JsonLine many = tool.run("load", load(topics, QUEUES_PER_TOPIC));
            line.put("one_msg_s", one.number("msg_s").orElse(Double.NaN))
                    .put("many_msg_s", many.number("msg_s").orElse(Double.NaN))
                    .put(
                            "ratio",
                            many.number("msg_s").orElse(0) / one.number("msg_s").orElse(Double.NaN))
                    .put("errors", many.number("errors").orElse(0))
                    .put("loaded_rss_mib", server.processes().residentMib());
        }
        try (Tool.Running client = tool.start("first-send", List.of())) {
            client.nextLine();
            try (Server server = ternMq.restart(Flush.ASYNC)) {
                double firstSendMs = client.lastLine().number("first_send_ms").orElse(Double.NaN);
                line.put("start_ms", firstSendMs - server.startMs())
                        .put("rss_mib", server.processes().residentMib())
                        .put("threads", server.processes().threadCount());
            }
        }
        out.println(line);
        out.flush();
        return 0;
    }

    private List<String> load(int topicCount, long queues) {
        List<String> arguments = new ArrayList<>(List.of("--mode", "sync", "--threads", "64", "--size", "1024"));
        arguments.addAll(List.of("--topics", Integer.toString(topicCount), "--queues", Long.toString(queues)));
        arguments.addAll(List.of("--warmup", topicCount > 1 ? WARM_UP_SECONDS : "5", "--seconds", seconds));
        return arguments;
    }
}
