package io.ternmq.bench.compare;

import io.ternmq.bench.measure.JsonLine;
import io.ternmq.bench.measure.ProcessGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs single workloads against single contenders. */
final class Bench {
    private static final String SENDS = "--mode sync --threads 64 --size 1024";
    private static final String READS = "--mode async --size 1024 --backlog 200000";
    private static final String GRPC_SENDS = "--client grpc " + SENDS;
    private static final String GRPC_READS = "--client grpc --mode async --rate 500 --size 1024 --consume true";
    private static final long BYTES_PER_MB = 1_000_000;

    private final Tool tool;
    private final Durations durations;

    Bench(Tool tool, Durations durations) {
        this.tool = tool;
        this.durations = durations;
    }

    /** Lets the server's code be compiled, in the same way for each of them. */
    void warmUp(boolean overGrpc) throws IOException {
        if (overGrpc) {
            warmUp(GRPC_SENDS);
            warmUp(GRPC_READS);
        } else {
            warmUp(SENDS);
            tool.run("load", List.of(READS.split(" ", -1)));
        }
    }

    private void warmUp(String arguments) throws IOException {
        List<String> load = new ArrayList<>(List.of(arguments.split(" ", -1)));
        load.addAll(List.of("--warmup", "0", "--seconds", seconds(durations.serverWarmUpMs())));
        tool.run("load", load);
    }

    /** On a server that is warm. */
    JsonLine load(Workload workload, Server server) throws IOException {
        List<String> arguments = new ArrayList<>(workload.arguments());
        arguments.addAll(List.of("--pids", pids(server.processes())));
        if (workload.kind() == Workload.Kind.LOAD) {
            // The gRPC client's code takes longer to be compiled: until then it cannot keep up with what it shall
            // receive.
            long warmUpMs = workload.isOverGrpc() ? durations.serverWarmUpMs() : durations.clientWarmUpMs();
            arguments.addAll(List.of("--warmup", seconds(warmUpMs)));
            arguments.addAll(List.of("--seconds", seconds(durations.measuredMs())));
        }
        return tool.run("load", arguments);
    }

    /** The client is there first, so that its own start is not in the figure. */
    JsonLine start(Contender contender) throws IOException, InterruptedException {
        try (Tool.Running client = tool.start("first-send", List.of())) {
            client.nextLine();
            try (Server server = contender.start(Flush.ASYNC)) {
                double firstSendMs = client.lastLine().number("first_send_ms").orElse(Double.NaN);
                return idle(server).put("start_ms", firstSendMs - server.startMs());
            }
        }
    }

    JsonLine topics(Workload workload, Contender contender) throws IOException, InterruptedException {
        try (Server server = contender.start(Flush.ASYNC)) {
            JsonLine used = tool.run("topics", workload.arguments());
            return idle(server).putAll(used);
        }
    }

    static JsonLine size(Contender contender) throws IOException {
        long bytes = 0;
        for (Path folder : contender.distribution()) {
            bytes += Folders.bytes(folder);
        }
        return new JsonLine().put("size_mb", (double) bytes / BYTES_PER_MB);
    }

    /** Waits until it has come to rest, then looks at it. */
    private JsonLine idle(Server server) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(durations.restMs());
        ProcessGroup processes = server.processes();
        double cpuSeconds = -processes.cpuSeconds();
        long startNs = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(durations.idleMs());
        cpuSeconds += processes.cpuSeconds();
        double seconds = (System.nanoTime() - startNs) / 1e9;
        return new JsonLine()
                .put("idle_cpu_pct", 100 * cpuSeconds / seconds)
                .put("rss_mib", processes.residentMib())
                .put("anon_mib", processes.anonymousMib())
                .put("threads", processes.threadCount());
    }

    private static String seconds(long ms) {
        return Double.toString(ms / 1e3);
    }

    static String pids(ProcessGroup processes) {
        return String.join(
                ",", processes.pids().stream().map(pid -> Long.toString(pid)).toList());
    }
}
