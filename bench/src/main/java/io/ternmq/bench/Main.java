package io.ternmq.bench;

import io.ternmq.bench.compare.ClientsBench;
import io.ternmq.bench.compare.Comparison;
import io.ternmq.bench.compare.KafkaBench;
import io.ternmq.bench.compare.ManyQueuesBench;
import io.ternmq.bench.compare.RestartBench;
import io.ternmq.bench.compare.TimersBench;
import io.ternmq.bench.engine.AppendBench;
import io.ternmq.bench.engine.CostBench;
import io.ternmq.bench.engine.EmbeddedBench;
import io.ternmq.bench.engine.QueuesBench;
import io.ternmq.bench.load.FirstSend;
import io.ternmq.bench.load.LoadCommand;
import io.ternmq.bench.load.ManyTopics;
import io.ternmq.bench.load.TimerLoad;
import io.ternmq.bench.measure.Options;
import io.ternmq.bench.responder.NullResponder;
import java.util.Arrays;
import java.util.List;

/** The tools by their names: {@code java -cp … io.ternmq.bench.Main load --threads 64}. */
public final class Main {
    private static final String TOOLS =
            "compare, clients, kafka, load, first-send, topics, null-responder, append, embedded, cost, queues, restart, many-queues, timers, timer-load";
    private static final int FAILED = 4;
    private static final int USAGE = 2;

    private Main() {}

    /**
     * Runs one tool and ends the process with its exit status.
     *
     * @param arguments name of the tool, then its options
     */
    public static void main(String[] arguments) {
        int status;
        try {
            List<String> options = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
            status = run(arguments.length == 0 ? "" : arguments[0], new Options(options));
        } catch (IllegalArgumentException wrong) {
            System.err.println("bench: " + wrong.getMessage());
            status = USAGE;
        } catch (Exception failure) {
            failure.printStackTrace();
            status = FAILED;
        }
        // The official client leaves threads behind that would keep the process.
        Runtime.getRuntime().halt(status);
    }

    private static int run(String tool, Options options) throws Exception {
        return switch (tool) {
            case "compare" -> new Comparison(options, System.out).run();
            case "clients" -> new ClientsBench(options, System.out).run();
            case "kafka" -> new KafkaBench(options, System.out).run();
            case "load" -> new LoadCommand(options, System.out).run();
            case "first-send" -> new FirstSend(options, System.out).run();
            case "topics" -> new ManyTopics(options, System.out).run();
            case "append" -> new AppendBench(options, System.out).run();
            case "embedded" -> new EmbeddedBench(options, System.out).run();
            case "cost" -> new CostBench(options, System.out).run();
            case "queues" -> new QueuesBench(options, System.out).run();
            case "restart" -> new RestartBench(options, System.out).run();
            case "many-queues" -> new ManyQueuesBench(options, System.out).run();
            case "timers" -> new TimersBench(options, System.out).run();
            case "timer-load" -> new TimerLoad(options, System.out).run();
            case "null-responder" -> new NullResponder(options, System.out).run();
            default -> throw new IllegalArgumentException("tool: '" + tool + "' (expected: one of " + TOOLS + ")");
        };
    }
}
