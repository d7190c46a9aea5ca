package io.ternmq.server.cli;

import io.ternmq.Filter;
import io.ternmq.StartAt;
import io.ternmq.client.json.JsonText;
import io.ternmq.server.client.GroupMember;
import io.ternmq.server.client.Servers;
import io.ternmq.server.client.Topics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tern bench}. */
@Command(
        name = "bench",
        description = {
            "Loads a server and measures: messages a second and how long a send takes.",
            "With --json it prints an object: mode, threads, sizeBytes, sent, seconds, perSecond, errors, sendUs and,"
                    + " with --consume, consumed and endToEndUs (objects: p50, p90, p99, p999, max; microseconds)."
        },
        footer = {
            "",
            "Examples:",
            "  tern bench --threads 16 --seconds 10",
            "  tern bench --in-flight 1000 --count 500000",
            "  tern bench --rate 1000 --consume"
        })
final class BenchCommand implements Callable<Integer> {

    private static final int NEW_TOPIC_QUEUES = 4;
    private static final int THREADS_MAX = 1_024;
    private static final int IN_FLIGHT_MAX = 65_536;
    private static final int SIZE_MAX = 4 << 20;
    private static final int WARM_UP_SECONDS_MAX = 600;

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--topic", paramLabel = "TOPIC", defaultValue = "bench", description = "where to (default: bench)")
    private String topic = "";

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "senders, each with a connection (default: ${DEFAULT-VALUE})")
    private int threadCount;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            defaultValue = "1024",
            description = "body size (default: ${DEFAULT-VALUE})")
    private int sizeBytes;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "how long (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "how long before it is measured (default: ${DEFAULT-VALUE})")
    private int warmUpSeconds;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "1",
            description = "sends under way for each thread (default: ${DEFAULT-VALUE}, so each waits for the last)")
    private int inFlight;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "messages a second, all threads together (default: all that go)")
    private int rate;

    @Option(names = "--consume", description = "consume them too, and measure from send to receipt")
    private boolean consume;

    BenchCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        BenchPlan plan = plan();
        try (var signal = new StopSignal();
                Servers servers = server.open(context)) {
            var topics = new Topics(servers);
            if (topics.find(topic).isEmpty()) {
                topics.put(topic, NEW_TOPIC_QUEUES);
            }
            var load = new BenchLoad(context, plan, server.terms(context));
            signal.onStop(load::stop);
            BenchResult result = load.run();
            print(plan, result);
            context.console().out().flush();
            return result.errorCount() == 0 ? ExitStatus.OK : ExitStatus.FAILED;
        }
    }

    private BenchPlan plan() {
        Names.checkTopic(topic);
        Ranges.check("--threads", threadCount, 1, THREADS_MAX);
        Ranges.check("--size", sizeBytes, BenchPlan.STAMP_BYTES, SIZE_MAX);
        Ranges.check("--seconds", seconds, 1, 86_400);
        Ranges.check("--warm-up", warmUpSeconds, 0, WARM_UP_SECONDS_MAX);
        Ranges.check("--in-flight", inFlight, 1, IN_FLIGHT_MAX);
        Ranges.check("--rate", rate, 0, Integer.MAX_VALUE);
        String group = "tern-bench-" + Long.toString(context.clock().time(), Character.MAX_RADIX);
        var wish = new GroupMember.Wish(group, topic, Filter.all(), StartAt.LATEST);
        return new BenchPlan(wish, threadCount, sizeBytes, seconds, warmUpSeconds, inFlight, rate, consume);
    }

    private void print(BenchPlan plan, BenchResult result) {
        if (common.json()) {
            context.console().out().println(JsonText.line(fields(plan, result)));
            return;
        }
        context.console()
                .out()
                .printf(
                        "%,.0f messages/s: %,d of %d bytes in %.1f s, %d threads, %d in flight each, %d errors%n",
                        result.perSecond(),
                        result.sentCount(),
                        plan.sizeBytes(),
                        result.seconds(),
                        plan.threadCount(),
                        plan.inFlight(),
                        result.errorCount());
        context.console().out().println("send        " + line(result.sendNs()));
        if (plan.consume()) {
            context.console().out().println("end to end  " + line(result.endToEndNs()));
        }
    }

    private static String line(Histogram ns) {
        var text = new StringBuilder();
        percentiles(ns).forEach((name, us) -> text.append(String.format("%s %.3f ms  ", name, us / 1e3)));
        return text.toString().stripTrailing();
    }

    private static Map<String, Object> fields(BenchPlan plan, BenchResult result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("mode", plan.inFlight() == 1 ? "sync" : "async");
        fields.put("threads", plan.threadCount());
        fields.put("sizeBytes", plan.sizeBytes());
        fields.put("sent", result.sentCount());
        fields.put("seconds", Math.round(result.seconds() * 1e3) / 1e3);
        fields.put("perSecond", Math.round(result.perSecond()));
        fields.put("errors", result.errorCount());
        fields.put("sendUs", percentiles(result.sendNs()));
        if (plan.consume()) {
            fields.put("consumed", result.endToEndNs().getTotalCount());
            fields.put("endToEndUs", percentiles(result.endToEndNs()));
        }
        return fields;
    }

    private static Map<String, Long> percentiles(Histogram ns) {
        Map<String, Long> us = new LinkedHashMap<>();
        us.put("p50", ns.getValueAtPercentile(50) / 1_000);
        us.put("p90", ns.getValueAtPercentile(90) / 1_000);
        us.put("p99", ns.getValueAtPercentile(99) / 1_000);
        us.put("p999", ns.getValueAtPercentile(99.9) / 1_000);
        us.put("max", ns.getMaxValue() / 1_000);
        return us;
    }
}
