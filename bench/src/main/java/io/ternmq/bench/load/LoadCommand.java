package io.ternmq.bench.load;

import io.ternmq.bench.measure.JsonLine;
import io.ternmq.bench.measure.Options;
import io.ternmq.bench.measure.ProcessGroup;
import java.io.PrintStream;

/**
 * One run against one server, and one line of JSON that says how it went.
 * <pre>
 *   --client remoting          RocketMQ's; or grpc, RocketMQ's too; or tern, this project's, behind its own Netty on the class path
 *   --connect HOST:PORT        127.0.0.1:9876
 *   --endpoint HOST:PORT       127.0.0.1:8081, of gRPC
 *   --topic NAME               a new one when not given
 *   --topics 1                 so many, sent to in turn
 *   --queues 4                 of each topic; 0: made by the first send
 *   --mode sync                transaction, async, one-way, batch or batch-async
 *   --threads 1                --size 1024   --inflight 1000   --batch 32
 *   --rate N                   messages per second, open loop
 *   --warmup 5 --seconds 20
 *   --consume                  also reads it back: end to end, losses, duplicates
 *   --backlog N                sends N, then times how fast a fresh group reads them
 *   --consume-threads 20       --consume-mode push   orderly or pop
 *   --delay-ms N               each message comes so much later
 *   --pids 12,34               the server's processes, whose CPU, memory and threads are told
 * </pre>
 */
public final class LoadCommand {
    private final Options options;
    private final SendShape shape;
    private final String name = "bench_" + ProcessHandle.current().pid() + "_" + System.currentTimeMillis();
    private final String topic;
    private final Payload payload;
    private final Window window;
    private final long warmUpMs;
    private final long measuredMs;
    private final PrintStream out;

    /**
     * Reads what shall be done.
     *
     * @throws IllegalArgumentException when an option is wrong
     */
    public LoadCommand(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
        shape = SendShape.parse(options);
        topic = options.text("topic", name);
        payload = new Payload(System.nanoTime(), shape.bodyBytes());
        warmUpMs = options.secondsAsMs("warmup", 5);
        measuredMs = options.secondsAsMs("seconds", 20);
        window = new Window(ProcessGroup.parse(options.text("pids", "")));
    }

    /**
     * Runs and prints.
     *
     * @return 0, or 3 when there were errors or losses
     * @throws Exception when there is no server that answers, or it shall end
     */
    public int run() throws Exception {
        JsonLine line = new JsonLine().put("mode", shape.mode().text()).put("threads", shape.threadCount());
        long backlogCount = options.count("backlog", 0);
        options.count("consume-threads", Arrivals.THREADS);
        options.text("consume-mode", "push");
        options.text("endpoint", "127.0.0.1:8081");
        boolean consumes = options.flag("consume");
        Tally tally = new Tally(window, payload, consumes || backlogCount > 0);
        // Not closed: the client takes seconds to, and the process ends anyway.
        LoadClient client = LoadClient.start(options, topic, name);
        SendJob job = new SendJob(shape, client, payload, tally, backlogCount > 0 ? backlogCount : Long.MAX_VALUE);
        options.refuseUnknown();
        if (backlogCount > 0) {
            runBacklog(job, tally, line);
        } else if (consumes) {
            runThrough(job, tally, line);
        } else {
            runSends(job);
            window.report(line, tally.acknowledgedInWindow());
        }
        tally.reportSends(line);
        out.println(line);
        out.flush();
        return tally.failedCount() > 0 || line.number("losses").orElse(0) > 0 ? 3 : 0;
    }

    private void runSends(SendJob job) throws InterruptedException {
        job.start();
        window.pass(warmUpMs, measuredMs);
        job.stop();
        job.finish();
    }

    private void runThrough(SendJob job, Tally tally, JsonLine line) throws Exception {
        Arrivals arrivals = job.client().consume(options, topic, name + "_group", tally);
        arrivals.awaitReady(job.client(), payload);
        runSends(job);
        window.report(line, tally.acknowledgedInWindow());
        arrivals.awaitAll();
        tally.reportArrivals(line, job.sequenceEnd());
    }

    private void runBacklog(SendJob job, Tally tally, JsonLine line) throws Exception {
        job.start();
        job.finish();
        long startNs = System.nanoTime();
        window.open();
        Arrivals arrivals = job.client().consume(options, topic, name + "_group", tally);
        arrivals.awaitAll();
        window.close();
        window.narrow(tally.firstArrivalNs(), tally.lastArrivalNs());
        window.report(line, tally.receivedCount());
        line.put("first_arrival_s", (tally.firstArrivalNs() - startNs) / 1e9);
        tally.reportArrivals(line, job.sequenceEnd());
    }
}
