package io.ternmq.runtime.consume;

import io.ternmq.Partition;
import io.ternmq.engine.Engine;
import io.ternmq.engine.ReadAnswer;
import io.ternmq.engine.ReadRequest;
import io.ternmq.engine.StoredMessage;
import io.ternmq.runtime.message.Awaiting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one partition and has it handled, some messages at a time; then reads on. Thread-safe. */
final class PartitionLoop {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionLoop.class);
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration REST = Duration.ofSeconds(1);

    private final Engine engine;
    private final ConsumerPlan plan;
    private final TopicPlan topic;
    private final Handling handling;
    private final Executor executor;
    private final Partition partition;
    private final LongConsumer moved;
    private final BiConsumer<StoredMessage, Throwable> failed;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private @Nullable CompletableFuture<ReadAnswer> reading;
    private long offset;
    private boolean handlingNow;
    private boolean started;
    private boolean paused;
    private boolean stopping;

    /** What a loop tells: how far it has come, and what could not be handled. */
    record Listener(LongConsumer moved, BiConsumer<StoredMessage, Throwable> failed) {}

    PartitionLoop(
            Engine engine,
            ConsumerPlan plan,
            TopicPlan topic,
            Handling handling,
            Executor executor,
            Partition partition,
            Listener listener) {
        this.engine = engine;
        this.plan = plan;
        this.topic = topic;
        this.handling = handling;
        this.executor = executor;
        this.partition = partition;
        this.moved = listener.moved();
        this.failed = listener.failed();
    }

    synchronized void start(long fromOffset, boolean startsPaused) {
        offset = fromOffset;
        started = true;
        paused = startsPaused;
        readOn();
    }

    synchronized void resume() {
        paused = false;
        readOn();
    }

    void pause() {
        CompletableFuture<ReadAnswer> open;
        synchronized (this) {
            paused = true;
            open = reading;
        }
        cancel(open);
    }

    CompletableFuture<Void> stop() {
        CompletableFuture<ReadAnswer> open;
        synchronized (this) {
            stopping = true;
            open = reading;
            if (!handlingNow) {
                stopped.complete(null);
            }
        }
        cancel(open);
        return stopped;
    }

    private void cancel(@Nullable CompletableFuture<ReadAnswer> open) {
        if (open != null) {
            open.cancel(false);
        }
    }

    private synchronized void readOn() {
        if (!started || paused || stopping || handlingNow || reading != null) {
            return;
        }
        int count = plan.concurrency() * topic.countMax();
        reading = engine.read(new ReadRequest(plan.group(), partition, offset, topic.filter(), count, WAIT));
        CompletableFuture<ReadAnswer> unused = reading.whenComplete(this::answered);
    }

    private void answered(@Nullable ReadAnswer answer, @Nullable Throwable failure) {
        synchronized (this) {
            reading = null;
            handlingNow = answer != null && !answer.messages().isEmpty() && !stopping && !paused;
            if (answer != null && answer.messages().isEmpty()) {
                offset = answer.nextOffset();
            }
        }
        if (answer == null) {
            rest(failure);
        } else if (isHandling()) {
            handOver(answer);
        } else {
            readOn();
        }
    }

    private synchronized boolean isHandling() {
        return handlingNow;
    }

    private void rest(@Nullable Throwable failure) {
        if (!isIdle()) {
            LOG.warn(
                    "{} could not be read; trying again in {}",
                    partition,
                    REST,
                    failure == null ? null : Awaiting.cause(failure));
            engine.schedule(REST, this::readOn);
        }
    }

    private synchronized boolean isIdle() {
        return paused || stopping;
    }

    private void handOver(ReadAnswer answer) {
        List<StoredMessage> messages = answer.messages();
        int parts = (messages.size() + topic.countMax() - 1) / topic.countMax();
        AtomicInteger left = new AtomicInteger(parts);
        for (int from = 0; from < messages.size(); from += topic.countMax()) {
            List<StoredMessage> some = messages.subList(from, Math.min(messages.size(), from + topic.countMax()));
            Runnable handler = () -> {
                try {
                    handle(some);
                } finally {
                    if (left.decrementAndGet() == 0) {
                        handled(answer.nextOffset());
                    }
                }
            };
            try {
                executor.execute(handler);
            } catch (RejectedExecutionException e) { // an executor of the application's that does not keep its promise
                some.forEach(message -> failed.accept(message, e));
                if (left.decrementAndGet() == 0) {
                    handled(answer.nextOffset());
                }
            }
        }
    }

    private void handle(List<StoredMessage> messages) {
        try {
            handling.handle(topic.handler(), messages);
        } catch (Throwable failure) { // whatever the application throws
            messages.forEach(message -> failed.accept(message, failure));
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void handled(long nextOffset) {
        moved.accept(nextOffset); // before anybody who waits for the end keeps what was reached
        boolean ends;
        synchronized (this) {
            offset = nextOffset;
            handlingNow = false;
            ends = stopping;
        }
        if (ends) {
            stopped.complete(null);
        }
        readOn();
    }
}
