package io.ternmq.server.cli;

import io.ternmq.server.client.GroupMember;
import io.ternmq.server.client.ReceivedMessage;
import io.ternmq.server.client.Servers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Runs a bench: senders, a consumer where one is wanted, and the time. */
final class BenchLoad {

    private static final long LOOK_EVERY_NS = 100_000_000;
    private static final Duration CONSUMER_WAIT = Duration.ofMillis(200);

    private final CommandContext context;
    private final BenchPlan plan;
    private final Servers.Terms terms;
    private final BenchMeters meters = new BenchMeters();
    private final AtomicBoolean stopped = new AtomicBoolean();

    BenchLoad(CommandContext context, BenchPlan plan, Servers.Terms terms) {
        this.context = context;
        this.plan = plan;
        this.terms = terms;
    }

    /** @throws io.ternmq.TernMQException when it cannot begin; errors on the way are counted */
    BenchResult run() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        if (plan.consume()) {
            GroupMember member = new GroupMember(new Servers(terms), plan.wish(), notice -> {});
            member.join();
            threads.add(new Thread(() -> consume(member), "bench-consumer"));
        }
        for (int i = 0; i < plan.threadCount(); i++) {
            var sender = new BenchSender(context, plan, terms, meters, stopped);
            threads.add(new Thread(sender, "bench-sender-" + i));
        }
        threads.forEach(Thread::start);
        waitSeconds(plan.warmUpSeconds(), "warming up");
        meters.measure(true);
        long startNs = context.nanoClock().nanoTime();
        waitSeconds(plan.seconds(), "measuring");
        meters.measure(false);
        double seconds = (context.nanoClock().nanoTime() - startNs) / 1e9;
        stopped.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        return meters.result(seconds);
    }

    /** Ends it early. For any thread. */
    void stop() {
        stopped.set(true);
    }

    private void waitSeconds(int seconds, String what) {
        var progress = new ProgressLine(context.console(), context.nanoClock());
        long startNs = context.nanoClock().nanoTime();
        long lengthNs = seconds * 1_000_000_000L;
        long elapsedNs = 0;
        while (elapsedNs < lengthNs && !stopped.get()) {
            LockSupport.parkNanos(Math.min(LOOK_EVERY_NS, lengthNs - elapsedNs));
            elapsedNs = context.nanoClock().nanoTime() - startNs;
            double elapsed = elapsedNs / 1e9;
            progress.show(() -> String.format(
                    "%s: %.0f of %d s, %,.0f messages/s", what, elapsed, seconds, meters.sentCount() / elapsed));
        }
        progress.clear();
    }

    private void consume(GroupMember member) {
        try (member) {
            while (!stopped.get()) {
                ReceivedMessage message = member.next(CONSUMER_WAIT);
                if (message != null && message.body().length >= BenchPlan.STAMP_BYTES) {
                    long sentNs = ByteBuffer.wrap(message.body()).getLong();
                    meters.received(context.nanoClock().nanoTime() - sentNs);
                }
            }
        }
    }
}
