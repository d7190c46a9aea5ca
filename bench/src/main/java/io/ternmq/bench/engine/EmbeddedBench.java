package io.ternmq.bench.engine;

import io.ternmq.Message;
import io.ternmq.SendReceipt;
import io.ternmq.TernMQ;
import io.ternmq.bench.measure.JsonLine;
import io.ternmq.bench.measure.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * A queue in this process against the file below it: sends of one thread that do not wait, without waiting for the disk, against
 * plain writes of the same bytes; sends of eight threads that wait for the disk, against as many messages as one force each
 * time allows. Both take turns.
 * <pre>
 *   --work DIR   --count 500000 messages a round   --forces 2000 a round   --rounds 3   --size 1024
 * </pre>
 */
public final class EmbeddedBench {
    private static final int WARM_UP_COUNT = 200_000;
    private static final int UNDER_WAY_MAX = 8_192;
    private static final int THREADS = 8;

    private final Options options;
    private final PrintStream out;

    /** Reads nothing yet. */
    public EmbeddedBench(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Runs and prints.
     *
     * @return 0
     */
    public int run() throws IOException, InterruptedException {
        int rounds = options.count("rounds", 3);
        int count = options.count("count", 500_000);
        int forces = options.count("forces", 2_000);
        int bodyBytes = options.count("size", 1_024);
        double[] plain = new double[rounds];
        double[] async = new double[rounds];
        double[] allowed = new double[rounds];
        double[] sync = new double[rounds];
        try (WorkFolder folder = WorkFolder.of(options)) {
            options.refuseUnknown();
            PlainFile file = new PlainFile(folder.path().resolve("plain"));
            Message message = Message.to("bench").body(new byte[bodyBytes]);
            try (TernMQ relaxed = open(folder.path().resolve("async"), "async");
                    TernMQ strict = open(folder.path().resolve("sync"), "sync")) {
                sendAsync(relaxed, message, WARM_UP_COUNT);
                sendWaiting(strict, message, forces);
                for (int round = 0; round < rounds; round++) {
                    plain[round] = count / file.write((long) count * bodyBytes);
                    async[round] = count / sendAsync(relaxed, message, count);
                    allowed[round] = THREADS * file.forcesPerSecond(THREADS * (bodyBytes + 256), forces);
                    sync[round] = forces * THREADS / sendWaiting(strict, message, forces);
                }
            }
        }
        out.println(new JsonLine()
                .put("tool", "embedded")
                .put("async_msg_s", median(async))
                .put("plain_msg_s", median(plain))
                .put("async_share", median(async) / median(plain))
                .put("sync_msg_s", median(sync))
                .put("forces_allow_msg_s", median(allowed))
                .put("sync_share", median(sync) / median(allowed)));
        out.flush();
        return 0;
    }

    private static TernMQ open(Path folder, String flush) {
        return TernMQ.at("file:" + folder)
                .set("flush", flush)
                .set("partitions", "1")
                .open();
    }

    /** @return seconds */
    private static double sendAsync(TernMQ mq, Message message, int count) throws InterruptedException {
        Semaphore underWay = new Semaphore(UNDER_WAY_MAX);
        Stopwatch stopwatch = new Stopwatch();
        for (int i = 0; i < count; i++) {
            underWay.acquire();
            CompletableFuture<SendReceipt> unused =
                    mq.sendAsync(message).whenComplete((receipt, failure) -> underWay.release());
        }
        underWay.acquire(UNDER_WAY_MAX);
        return stopwatch.seconds();
    }

    /** Each thread sends so many, and waits for each. @return seconds */
    private static double sendWaiting(TernMQ mq, Message message, int countEach) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        Stopwatch stopwatch = new Stopwatch();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> {
                for (int sent = 0; sent < countEach; sent++) {
                    mq.send(message);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return stopwatch.seconds();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
