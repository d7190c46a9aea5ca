package io.ternmq.server.cli;

import io.ternmq.TernMQException;
import io.ternmq.server.client.MessageSender;
import io.ternmq.server.client.OutgoingMessage;
import io.ternmq.server.client.Servers;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** One sending thread of a bench. */
final class BenchSender implements Runnable {

    private static final long PAUSE_AFTER_ERROR_NS = 100_000_000;

    private final CommandContext context;
    private final BenchPlan plan;
    private final Servers.Terms terms;
    private final BenchMeters meters;
    private final AtomicBoolean stopped;

    BenchSender(
            CommandContext context, BenchPlan plan, Servers.Terms terms, BenchMeters meters, AtomicBoolean stopped) {
        this.context = context;
        this.plan = plan;
        this.terms = terms;
        this.meters = meters;
        this.stopped = stopped;
    }

    @Override
    public void run() {
        var permits = new Semaphore(plan.inFlight());
        try (var servers = new Servers(terms)) {
            var sender = new MessageSender(servers, plan.wish().topic());
            long dueNs = context.nanoClock().nanoTime();
            while (!stopped.get() && permits.tryAcquire(terms.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                dueNs = awaitTurn(dueNs);
                send(sender, permits);
            }
            boolean allAnswered =
                    permits.tryAcquire(plan.inFlight(), terms.timeout().toMillis(), TimeUnit.MILLISECONDS);
            if (!allAnswered) {
                meters.failed();
            }
        } catch (TernMQException cannotBegin) {
            meters.failed();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return when the turn after this one is */
    private long awaitTurn(long dueNs) {
        long gapNs = plan.gapNs();
        if (gapNs == 0) {
            return dueNs;
        }
        long nowNs = context.nanoClock().nanoTime();
        while (nowNs < dueNs && !stopped.get()) {
            LockSupport.parkNanos(dueNs - nowNs);
            nowNs = context.nanoClock().nanoTime();
        }
        return dueNs + gapNs;
    }

    private void send(MessageSender sender, Semaphore permits) {
        long startNs = context.nanoClock().nanoTime();
        byte[] body = new byte[plan.sizeBytes()];
        ByteBuffer.wrap(body).putLong(startNs);
        var unused = sender.sendAsync(new OutgoingMessage(plan.wish().topic(), Map.of(), body))
                .whenComplete((receipt, error) -> {
                    if (error == null) {
                        meters.sent(context.nanoClock().nanoTime() - startNs);
                    } else {
                        meters.failed();
                        LockSupport.parkNanos(PAUSE_AFTER_ERROR_NS);
                    }
                    permits.release();
                });
    }
}
