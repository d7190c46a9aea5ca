package io.ternmq.bench.compare;

import io.ternmq.bench.measure.JsonLine;
import io.ternmq.bench.measure.Median;
import io.ternmq.bench.measure.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Apache Kafka and TernMQ in turn, each with its own client and the settings it comes with: messages are sent without waiting, to
 * four partitions, and acknowledged by the server ({@code acks=all}); then a new group reads them. Kafka is measured by its own tools.
 * <pre>
 *   --tern DIR   --kafka DIR   --work DIR   --messages 2000000   --size 100   --runs 3   --inflight 8192
 * </pre>
 */
public final class KafkaBench {
    private static final Pattern SENT = Pattern.compile(".*records sent, ([0-9.]+) records/sec.*");
    private static final int RATE_COLUMN = 5;

    private final PrintStream out;
    private final Path work;
    private final Path tern;
    private final Kafka kafka;
    private final int messages;
    private final int size;
    private final int runs;
    private final String inFlight;

    /**
     * Reads what shall be done.
     *
     * @throws IllegalArgumentException when an option is wrong
     */
    public KafkaBench(Options options, PrintStream out) {
        this.out = out;
        work = options.folder("work");
        tern = options.folder("tern");
        kafka = new Kafka(options.folder("kafka"), work);
        messages = options.count("messages", 2_000_000);
        size = options.count("size", 100);
        runs = options.count("runs", 3);
        inFlight = Integer.toString(options.count("inflight", 8_192));
        options.refuseUnknown();
    }

    /** What one server did. */
    private record Rates(double sent, double sentCpu, double read, double readCpu) {}

    /**
     * Runs and prints.
     *
     * @return 0
     * @throws InterruptedException when it shall end
     */
    public int run() throws IOException, InterruptedException {
        Children.endWithThisProcess();
        Rates[] ofKafka = new Rates[runs];
        Rates[] ofTern = new Rates[runs];
        for (int run = 0; run < runs; run++) {
            try (Server server = kafka.start(Flush.ASYNC)) {
                sendToKafka(server, "warm-up");
                readFromKafka(server, "warm-up");
                JsonLine sent = print("Kafka sends", sendToKafka(server, "measured"));
                JsonLine read = print("Kafka reads", readFromKafka(server, "measured"));
                ofKafka[run] = rates(sent, read);
            }
            try (Server server = new TernMq(tern, work).start(Flush.ASYNC)) {
                ternReads(server);
                JsonLine sent = print("TernMQ sends", ternSends(server));
                JsonLine read = print("TernMQ reads", ternReads(server));
                ofTern[run] = rates(sent, read);
            }
        }
        out.println(new JsonLine()
                .put("tool", "kafka")
                .put("size", size)
                .put("sends_ratio", ratio(ofTern, ofKafka, Rates::sent))
                .put("sends_cpu_ratio", ratio(ofTern, ofKafka, Rates::sentCpu))
                .put("reads_ratio", ratio(ofTern, ofKafka, Rates::read))
                .put("reads_cpu_ratio", ratio(ofTern, ofKafka, Rates::readCpu)));
        out.flush();
        return 0;
    }

    private JsonLine sendToKafka(Server server, String topic) throws IOException, InterruptedException {
        List<String> tool = List.of(
                "--record-size", Integer.toString(size), "--throughput", "-1", "--command-property", "acks=all");
        return kafka(server, "org.apache.kafka.tools.ProducerPerformance", topic, tool, last -> {
            Matcher sent = SENT.matcher(last);
            return sent.matches() ? sent.group(1) : "";
        });
    }

    private JsonLine readFromKafka(Server server, String topic) throws IOException, InterruptedException {
        List<String> tool = List.of("--hide-header", "--timeout", "60000");
        return kafka(server, "org.apache.kafka.tools.ConsumerPerformance", topic, tool, last -> {
            String[] columns = last.split(",", -1);
            return columns.length > RATE_COLUMN ? columns[RATE_COLUMN].strip() : "";
        });
    }

    /** Runs one of its tools, whose last line has the rate. */
    private JsonLine kafka(Server server, String tool, String topic, List<String> more, UnaryOperator<String> rate)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--topic", topic, "--bootstrap-server", Kafka.ADDRESS));
        arguments.addAll(List.of("--num-records", Integer.toString(messages)));
        arguments.addAll(more);
        double cpuBefore = server.processes().cpuSeconds();
        List<String> lines = kafka.run(tool, arguments);
        double cpuSeconds = server.processes().cpuSeconds() - cpuBefore;
        String messagesPerSecond = lines.isEmpty() ? "" : rate.apply(lines.get(lines.size() - 1));
        if (messagesPerSecond.isEmpty()) {
            throw new IOException(tool + " told no rate: " + lines);
        }
        return new JsonLine()
                .put("msg_s", Double.parseDouble(messagesPerSecond))
                .put("server_us_msg", cpuSeconds * 1e6 / messages);
    }

    private JsonLine ternSends(Server server) throws IOException {
        return tern(server, "--warmup", "3", "--seconds", "10");
    }

    private JsonLine ternReads(Server server) throws IOException {
        return tern(server, "--backlog", Integer.toString(messages));
    }

    private JsonLine tern(Server server, String... what) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("--client", "tern", "--mode", "async", "--inflight", inFlight));
        arguments.addAll(List.of("--size", Integer.toString(size), "--pids", Bench.pids(server.processes())));
        arguments.addAll(List.of(what));
        return new Tool(work).with(tern.resolve("lib"), "netty-").run("load", arguments);
    }

    private JsonLine print(String what, JsonLine line) {
        out.println(what + " " + line);
        out.flush();
        return line;
    }

    private static Rates rates(JsonLine sent, JsonLine read) {
        return new Rates(
                number(sent, "msg_s"), number(sent, "server_us_msg"),
                number(read, "msg_s"), number(read, "server_us_msg"));
    }

    private static double number(JsonLine line, String key) {
        return line.number(key).orElse(Double.NaN);
    }

    private static double ratio(Rates[] ofTern, Rates[] ofKafka, ToDoubleFunction<Rates> figure) {
        return Median.of(Arrays.stream(ofTern).mapToDouble(figure).toArray())
                / Median.of(Arrays.stream(ofKafka).mapToDouble(figure).toArray());
    }
}
