package io.ternmq.bench.compare;

import io.ternmq.bench.measure.JsonLine;
import io.ternmq.bench.measure.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The whole comparison. Servers take turns, a round for each run, so that what changes on the machine meanwhile meets
 * all of them.
 * <pre>
 *   --tern DIR       the distribution        --rocketmq DIR   the jars of name server and broker
 *   --work DIR       for data and logs       --results DIR    gets results.jsonl
 *   --seconds 20     measured for each       --runs 3         the table shows medians
 *   --only REGEX     workloads to run        --servers REGEX  TernMQ|RocketMQ|null
 * </pre>
 */
public final class Comparison {
    private final PrintStream out;
    private final Pattern only;
    private final int runs;
    private final List<Contender> contenders = new ArrayList<>();
    private final List<Contender> grpcContenders = new ArrayList<>();
    private final Contender nullServer;
    private final boolean usesNullServer;
    private final Bench bench;
    private final Results results;
    private int failureCount;

    /**
     * Reads what shall be done.
     *
     * @throws IOException when the folder for results can't be made
     */
    public Comparison(Options options, PrintStream out) throws IOException {
        this.out = out;
        Path work = options.folder("work");
        Tool tool = new Tool(work);
        only = Pattern.compile(options.text("only", "."));
        runs = options.count("runs", 3);
        Pattern servers = Pattern.compile(options.text("servers", "."));
        Path rocketMq = options.folder("rocketmq");
        Contender ternMq = new TernMq(options.folder("tern"), work);
        if (servers.matcher(ternMq.name()).find()) {
            contenders.add(ternMq);
            grpcContenders.add(ternMq);
        }
        if (servers.matcher("RocketMQ").find()) {
            contenders.add(new RocketMq(rocketMq, work, false));
            grpcContenders.add(new RocketMq(rocketMq, work, true));
        }
        nullServer = new NullServer(tool, work);
        usesNullServer = servers.matcher(nullServer.name()).find();
        bench = new Bench(tool, Durations.of(options.secondsAsMs("seconds", 20)));
        results = new Results(options.folder("results"));
        options.refuseUnknown();
    }

    /**
     * Runs, and prints the table.
     *
     * @return 0, or 3 when a run failed
     * @throws InterruptedException when it shall end
     */
    public int run() throws IOException, InterruptedException {
        Children.endWithThisProcess();
        for (int run = 1; run <= runs; run++) {
            out.println("run " + run + " of " + runs);
            for (Flush flush : Flush.values()) {
                for (Contender contender : contenders) {
                    runWarm(
                            contender,
                            flush,
                            chosen(workload -> workload.runsOnWarmServer() && !workload.isOverGrpc()));
                }
                for (Contender contender : grpcContenders) {
                    runWarm(contender, flush, chosen(Workload::isOverGrpc));
                }
            }
            for (Contender contender : contenders) {
                runFresh(contender);
            }
            if (usesNullServer) {
                runWarm(nullServer, Flush.ASYNC, chosen(Workload::showsCeiling));
            }
        }
        out.println();
        new ComparisonTable(results).lines().forEach(out::println);
        out.println();
        out.println("All runs: " + results.file());
        out.flush();
        return failureCount == 0 ? 0 : 3;
    }

    private List<Workload> chosen(Predicate<Workload> which) {
        return Arrays.stream(Workload.values())
                .filter(workload -> only.matcher(workload.label()).find())
                .filter(which)
                .toList();
    }

    /** All workloads of one kind of flush on a server that is started and warmed up for them. */
    private void runWarm(Contender contender, Flush flush, List<Workload> candidates) throws InterruptedException {
        List<Workload> workloads = candidates.stream()
                .filter(workload -> workload.flush() == flush)
                .toList();
        if (workloads.isEmpty()) {
            return;
        }
        try (Server server = contender.start(flush)) {
            bench.warmUp(workloads.get(0).isOverGrpc());
            for (Workload workload : workloads) {
                record(workload, contender, () -> bench.load(workload, server));
            }
        } catch (IOException failure) {
            failed(contender.name() + " with flush " + flush, failure);
        }
    }

    private void runFresh(Contender contender) throws InterruptedException {
        for (Workload workload : chosen(candidate -> !candidate.runsOnWarmServer())) {
            record(workload, contender, () -> switch (workload.kind()) {
                case START -> bench.start(contender);
                case TOPICS -> bench.topics(workload, contender);
                case SIZE -> Bench.size(contender);
                case LOAD, BACKLOG -> throw new IllegalStateException(workload + " needs a warm server");
            });
        }
    }

    /** One failed run is told and leaves a gap in the table; the others go on. */
    private void record(Workload workload, Contender contender, Measurement measurement) throws InterruptedException {
        try {
            JsonLine line = measurement.run();
            results.add(workload, contender.name(), line);
            out.println("  " + contender.name() + " " + workload.label() + " " + line);
        } catch (IOException failure) {
            failed(contender.name() + " " + workload.label(), failure);
        }
        out.flush();
    }

    private void failed(String what, IOException failure) {
        failureCount++;
        out.println("  " + what + " failed: " + failure.getMessage());
    }

    /** One run. */
    private interface Measurement {
        JsonLine run() throws IOException, InterruptedException;
    }
}
