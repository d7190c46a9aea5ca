package io.ternmq.bench.compare;

import io.ternmq.bench.measure.JsonLine;
import io.ternmq.bench.measure.Median;
import io.ternmq.bench.measure.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * RocketMQ's client and this project's in turn against the same server: 64 threads that wait for each send of 1 KB, and what this
 * project's reaches against fixed answers; then its sends of 100 bytes that do not wait, which a consumer reads meanwhile; then how
 * fast its consumer by lease reads a backlog of those.
 * <pre>
 *   --tern DIR   --work DIR   --seconds 15 each   --runs 2   --threads 64   --inflight 8192   --backlog 1500000
 *   --only backlog             leaves the other rows out, and RocketMQ's client
 * </pre>
 */
public final class ClientsBench {
    private static final String OFFICIAL = "remoting";
    private static final String OWN = "tern";
    private static final String BACKLOG = "backlog";

    private final PrintStream out;
    private final Path work;
    private final Path tern;
    private final int runs;
    private final String seconds;
    private final String threads;
    private final String inFlight;
    private final String backlog;
    private final boolean onlyBacklog;

    /**
     * Reads what shall be done.
     *
     * @throws IllegalArgumentException when an option is wrong
     */
    public ClientsBench(Options options, PrintStream out) {
        this.out = out;
        work = options.folder("work");
        tern = options.folder("tern");
        runs = options.count("runs", 2);
        seconds = Double.toString(options.secondsAsMs("seconds", 15) / 1e3);
        threads = Integer.toString(options.count("threads", 64));
        inFlight = Integer.toString(options.count("inflight", 8_192));
        backlog = Integer.toString(options.count("backlog", 1_500_000));
        String only = options.text("only", "");
        if (!only.isEmpty() && !only.equals(BACKLOG)) {
            throw new IllegalArgumentException("--only: '" + only + "' (expected: " + BACKLOG + ")");
        }
        onlyBacklog = !only.isEmpty();
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
        JsonLine figures = new JsonLine().put("tool", "clients");
        if (!onlyBacklog) {
            compare(figures);
        }
        readBacklogs(figures);
        out.println(figures);
        out.flush();
        return 0;
    }

    private void compare(JsonLine figures) throws IOException, InterruptedException {
        double[] officialRate = new double[runs];
        double[] officialCpu = new double[runs];
        double[] ownRate = new double[runs];
        double[] ownCpu = new double[runs];
        double[] nullRate = new double[runs];
        double[] asyncRate = new double[runs];
        for (int run = 0; run < runs; run++) {
            try (Server server = new TernMq(tern, work).start(Flush.ASYNC)) {
                print("warm-up", sync(OFFICIAL, server));
                JsonLine official = print("official sync", sync(OFFICIAL, server));
                JsonLine own = print("own sync", sync(OWN, server));
                officialRate[run] = number(official, "msg_s");
                officialCpu[run] = number(official, "client_us_msg");
                ownRate[run] = number(own, "msg_s");
                ownCpu[run] = number(own, "client_us_msg");
                asyncRate[run] = number(print("own async 100 B", async(server)), "msg_s");
            }
            try (Server server = new NullServer(new Tool(work), work).start(Flush.ASYNC)) {
                nullRate[run] = number(print("own sync, fixed answers", fixed(server)), "msg_s");
            }
        }
        figures.put("rate_ratio", Median.of(ownRate) / Median.of(officialRate))
                .put("cpu_ratio", Median.of(ownCpu) / Median.of(officialCpu))
                .put("share_of_fixed_answers", Median.of(ownRate) / Median.of(nullRate))
                .put("async_msg_s", Median.of(asyncRate));
    }

    /** Each by a fresh client, from a server that has served one before. */
    private void readBacklogs(JsonLine figures) throws IOException, InterruptedException {
        double[] rate = new double[runs];
        double[] clientCpu = new double[runs];
        double[] serverCpu = new double[runs];
        try (Server server = new TernMq(tern, work).start(Flush.ASYNC)) {
            print("warm-up", backlog(server));
            for (int run = 0; run < runs; run++) {
                JsonLine line = print("own backlog 100 B", backlog(server));
                rate[run] = number(line, "msg_s");
                clientCpu[run] = number(line, "client_us_msg");
                serverCpu[run] = number(line, "server_us_msg");
            }
        }
        figures.put("backlog_msg_s", Median.of(rate))
                .put("backlog_client_us_msg", Median.of(clientCpu))
                .put("backlog_server_us_msg", Median.of(serverCpu));
    }

    private JsonLine backlog(Server server) throws IOException {
        return load(
                OWN, server, List.of("--mode", "async", "--size", "100", "--inflight", inFlight, "--backlog", backlog));
    }

    private JsonLine sync(String client, Server server) throws IOException {
        return load(client, server, List.of("--mode", "sync", "--threads", threads, "--size", "1024"));
    }

    /** Where there are no topics to make. */
    private JsonLine fixed(Server server) throws IOException {
        return load(OWN, server, List.of("--mode", "sync", "--threads", threads, "--size", "1024", "--queues", "0"));
    }

    private JsonLine async(Server server) throws IOException {
        return load(OWN, server, List.of("--mode", "async", "--size", "100", "--inflight", inFlight, "--consume"));
    }

    private JsonLine load(String client, Server server, List<String> shape) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--client", client, "--warmup", "5", "--seconds", seconds));
        arguments.addAll(List.of("--pids", Bench.pids(server.processes())));
        arguments.addAll(shape);
        Tool tool = client.equals(OWN) ? new Tool(work).with(tern.resolve("lib"), "netty-") : new Tool(work);
        return tool.run("load", arguments);
    }

    private JsonLine print(String what, JsonLine line) {
        out.println(what + " " + line);
        out.flush();
        return line;
    }

    private static double number(JsonLine line, String key) {
        return line.number(key).orElse(Double.NaN);
    }
}
