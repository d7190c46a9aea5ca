package io.ternmq.runtime.consume;

import io.ternmq.Partition;
import io.ternmq.engine.Engine;
import io.ternmq.engine.ReadAnswer;
import io.ternmq.engine.ReadRequest;
import io.ternmq.runtime.message.Awaiting;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
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
    private final Workers<ReadBatch.Piece> workers;
    private final Partition partition;
    private final LongConsumer moved;
    private final AfterFailure failures;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private @Nullable CompletableFuture<ReadAnswer> reading;
    private @Nullable ReadBatch handled;
    private long offset;
    private boolean started;
    private boolean paused;
    private boolean stopping;

    /** What a loop tells: how far it has come, and what could not be handled. */
    record Listener(LongConsumer moved, AfterFailure failures) {}

    /** @param workers those of the topic, whatever the partition */
    PartitionLoop(
            Engine engine,
            ConsumerPlan plan,
            TopicPlan topic,
            Workers<ReadBatch.Piece> workers,
            Partition partition,
            Listener listener) {
        this.engine = engine;
        this.plan = plan;
        this.topic = topic;
        this.workers = workers;
        this.partition = partition;
        this.moved = listener.moved();
        this.failures = listener.failures();
    }

    synchronized void start(long fromOffset, boolean startsPaused) {
        offset = fromOffset;
        started = true;
        paused = startsPaused;
        readOn();
    }

    /** @return what is handled first of all that is not done; empty before it began */
    synchronized OptionalLong position() {
        return started ? OptionalLong.of(offset) : OptionalLong.empty();
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
        ReadBatch batch;
        synchronized (this) {
            stopping = true;
            open = reading;
            batch = handled;
        }
        cancel(open);
        if (batch == null) {
            stopped.complete(null);
        } else {
            batch.stop();
        }
        return stopped;
    }

    private void cancel(@Nullable CompletableFuture<ReadAnswer> open) {
        if (open != null) {
            open.cancel(false);
        }
    }

    private synchronized void readOn() {
        if (!started || paused || stopping || handled != null || reading != null) {
            return;
        }
        int count = plan.concurrency() * topic.countMax();
        reading = engine.read(new ReadRequest(plan.group(), partition, offset, topic.filter(), count, WAIT));
        CompletableFuture<ReadAnswer> unused = reading.whenComplete(this::answered);
    }

    private void answered(@Nullable ReadAnswer answer, @Nullable Throwable failure) {
        ReadBatch batch = null;
        synchronized (this) {
            reading = null;
            if (answer != null && !stopping) {
                if (answer.messages().isEmpty()) {
                    move(answer.nextOffset());
                } else if (!paused) {
                    batch = new ReadBatch(engine, answer, failures, this::ended);
                    handled = batch;
                }
            }
        }
        if (answer == null) {
            rest(failure);
        } else if (batch != null) {
            handOver(batch);
        } else {
            readOn();
        }
    }

    /** Under the lock: who waits for the end keeps what was reached before it, and nothing later. */
    private void move(long nextOffset) {
        if (nextOffset != offset) {
            offset = nextOffset;
            moved.accept(nextOffset);
        }
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

    private void handOver(ReadBatch batch) {
        try {
            workers.add(batch.pieces(topic.countMax()));
        } catch (RejectedExecutionException e) { // an executor of the application's that does not keep its promise
            LOG.warn("No thread takes messages of {}; trying again in {}", partition, REST, e);
            workers.takeBack().forEach(ReadBatch.Piece::notBegun);
        }
    }

    /** Called when no handler has anything of what was read. */
    private void ended() {
        boolean ends;
        boolean whole;
        synchronized (this) {
            ReadBatch batch = Objects.requireNonNull(handled, "handled");
            whole = batch.isWhole();
            move(batch.reached(partition, offset));
            handled = null;
            ends = stopping;
        }
        if (ends) {
            stopped.complete(null);
        } else if (whole) {
            readOn();
        } else {
            engine.schedule(REST, this::readOn);
        }
    }
}
