package io.ternmq.bench.engine;

import io.ternmq.Message;
import io.ternmq.SendReceipt;
import io.ternmq.TernMQ;
import io.ternmq.bench.measure.JsonLine;
import io.ternmq.bench.measure.Median;
import io.ternmq.bench.measure.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A queue in this process against the file below it: sends of one thread that do not wait, without waiting for the disk, against
 * plain writes of the same bodies; sends of eight threads that wait for the disk, against as many messages as one force each
 * time allows, with and without eight threads that must be woken each time. They take turns.
 * <pre>
 *   --work DIR   --count 500000 messages a round   --forces 2000 a round   --rounds 3   --size 1024
 * </pre>
 */
public final class EmbeddedBench {
    private static final int WARM_UP_COUNT = 200_192;
    private static final int UNDER_WAY_MAX = 8_192;
    private static final int THREADS = 8;
    private static final int OPENINGS = 11;

    /** So many sends come to their end before who waits for room is told. */
    private static final int LOT = 256;

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
        int count = options.count("count", 500_000) / LOT * LOT;
        int forces = options.count("forces", 2_000);
        int bodyBytes = options.count("size", 1_024);
        double[] plain = new double[rounds];
        double[] async = new double[rounds];
        double[] allowed = new double[rounds];
        double[] woken = new double[rounds];
        double[] sync = new double[rounds];
        double[] openMs = new double[OPENINGS];
        try (WorkFolder folder = WorkFolder.of(options)) {
            options.refuseUnknown();
            PlainFile file = new PlainFile(folder.path().resolve("plain"));
            Message message = Message.to("bench").body(new byte[bodyBytes]);
            try (TernMQ mq = open(folder.path().resolve("async"), "async")) {
                sendAsync(mq, message, WARM_UP_COUNT);
                for (int round = 0; round < rounds; round++) {
                    plain[round] = count / file.write((long) count * bodyBytes);
                    async[round] = count / sendAsync(mq, message, count);
                }
            } // closing forces what was sent, so that it does not disturb what follows
            try (TernMQ mq = open(folder.path().resolve("sync"), "sync")) {
                sendWaiting(mq, message, forces);
                for (int round = 0; round < rounds; round++) {
                    allowed[round] = THREADS * file.forcesPerSecond(THREADS * (bodyBytes + 256), forces);
                    woken[round] = new WokenGroup(folder.path().resolve("woken"), THREADS)
                            .answersPerSecond(THREADS * (bodyBytes + 256), forces);
                    sync[round] = forces * THREADS / sendWaiting(mq, message, forces);
                }
            }
            for (int i = 0; i < OPENINGS; i++) {
                Stopwatch stopwatch = new Stopwatch();
                TernMQ mq = TernMQ.open("file:" + folder.path().resolve("open"));
                openMs[i] = 1_000 * stopwatch.seconds();
                mq.close();
            }
        }
        out.println(new JsonLine()
                .put("tool", "embedded")
                .put("async_msg_s", Median.of(async))
                .put("plain_msg_s", Median.of(plain))
                .put("async_share", Median.of(async) / Median.of(plain))
                .put("sync_msg_s", Median.of(sync))
                .put("forces_allow_msg_s", Median.of(allowed))
                .put("sync_share", Median.of(sync) / Median.of(allowed))
                .put("waking_threads_allows_msg_s", Median.of(woken))
                .put("sync_share_of_that", Median.of(sync) / Median.of(woken))
                .put("open_ms", Median.of(openMs)));
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
        Semaphore lots = new Semaphore(UNDER_WAY_MAX / LOT);
        AtomicInteger done = new AtomicInteger();
        Stopwatch stopwatch = new Stopwatch();
        for (int i = 0; i < count; i++) {
            if (i % LOT == 0) {
                lots.acquire();
            }
            CompletableFuture<SendReceipt> unused = mq.sendAsync(message).whenComplete((receipt, failure) -> {
                if (done.incrementAndGet() % LOT == 0) {
                    lots.release();
                }
            });
        }
        lots.acquire(UNDER_WAY_MAX / LOT); // the count is in whole lots
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
}
