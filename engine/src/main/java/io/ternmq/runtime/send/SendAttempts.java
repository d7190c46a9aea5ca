package io.ternmq.runtime.send;

import io.ternmq.Message;
import io.ternmq.OutcomeUnknownException;
import io.ternmq.Partition;
import io.ternmq.UnavailableException;
import io.ternmq.engine.Engine;
import io.ternmq.runtime.message.Awaiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One send until it has succeeded or is given up: a partition is chosen, and another one when that fails, unless the message is bound to it. What it asks of the
 * application's code, and what the application attached to its future, runs where the engine allows that; of a caller that waits,
 * on the caller's thread. It is its own listener and its own task, so a send that succeeds at once costs little besides it.
 *
 * @param <T> what the send yields
 */
public final class SendAttempts<T> implements BiConsumer<T, Throwable>, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(SendAttempts.class);

    /** So long after the first failure it is tried again; after the next twice as long, and so on. */
    private static final Duration BACK_OFF = Duration.ofMillis(20);

    private final Routes routes;
    private final Engine engine;
    private final SendPlan plan;
    private final Message message;
    private final Dispatch<T> dispatch;
    private final long beganNanos;

    /** Apart from the message and all else, which applications that keep receipts need not keep. */
    private final CompletableFuture<T> result = new CompletableFuture<>();

    private Executor steps;
    private @Nullable List<Partition> failed;
    private @Nullable Partition chosen;
    private @Nullable T outcome;
    private @Nullable Throwable failure;
    private long attemptNanos;
    private int attempt;

    public SendAttempts(Routes routes, SendPlan plan, Message message, Dispatch<T> dispatch) {
        this.routes = routes;
        this.engine = routes.engine();
        this.steps = engine.callbacks();
        this.beganNanos = engine.nanoTime();
        this.plan = plan;
        this.message = message;
        this.dispatch = dispatch;
    }

    /**
     * Begins.
     *
     * @return what becomes of it
     */
    public CompletableFuture<T> start() {
        try {
            routes.enter(message.topic(), this::tryWith);
        } catch (RuntimeException e) { // too many wait already
            end(e);
        }
        return result;
    }

    /**
     * Begins what nobody waits for: it goes on wherever it comes to its end.
     *
     * @return what becomes of it
     */
    CompletableFuture<T> startOneWay() {
        steps = Runnable::run;
        return start();
    }

    /**
     * Begins, and waits. An interrupted caller stops waiting, and stays interrupted.
     *
     * @param timeout how long at most
     * @return what it yields
     * @throws OutcomeUnknownException when it takes longer
     */
    public T startAndWait(Duration timeout) {
        WaitingCaller caller = new WaitingCaller();
        steps = caller;
        CompletableFuture<T> unused = start();
        try {
            while (!result.isDone()) {
                if (!caller.runNext(timeout.toNanos() - sinceBegin())) {
                    throw new OutcomeUnknownException("no answer within " + timeout);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknownException("interrupted while waiting for the answer", e);
        }
        return Awaiting.get(result);
    }

    private void tryOnce() {
        tryWith(engine.writable(message.topic()));
    }

    private void tryWith(CompletableFuture<List<Partition>> writable) {
        attempt++;
        if (writable.isDone() && !writable.isCompletedExceptionally()) {
            sendToOneOf(writable.join());
        } else {
            CompletableFuture<List<Partition>> unused = writable.whenComplete((partitions, cause) -> {
                if (cause == null) {
                    sendToOneOf(partitions);
                } else {
                    accept(null, cause);
                }
            });
        }
    }

    private void sendToOneOf(List<Partition> partitions) {
        try {
            Partition partition = selected(partitions);
            chosen = partition;
            attemptNanos = engine.nanoTime();
            CompletableFuture<T> unused = dispatch.to(partition).whenComplete(this);
        } catch (RuntimeException e) { // the selector is the application's
            end(e);
        }
    }

    private Partition selected(List<Partition> partitions) {
        List<Partition> excluded = failed;
        if (excluded == null) {
            return plan.selector().select(message, partitions);
        }
        if (plan.selector().isBound(message)) {
            Partition first = excluded.get(0);
            return partitions.contains(first) ? first : plan.selector().select(message, partitions);
        }
        List<Partition> left = partitions.stream()
                .filter(partition -> !excluded.contains(partition))
                .toList();
        return plan.selector().select(message, left.isEmpty() ? partitions : left);
    }

    /** The attempt has come to its end, on a thread that may be the engine's. */
    @Override
    public void accept(@Nullable T yielded, @Nullable Throwable cause) {
        outcome = yielded;
        failure = cause;
        steps.execute(this);
    }

    /** What follows the end of an attempt. */
    @Override
    public void run() {
        Partition partition = chosen;
        if (partition != null) {
            tellSelector(partition);
        }
        if (failure == null) {
            result.complete(outcome);
            return;
        }
        Throwable cause = Awaiting.cause(failure);
        Duration backOff = BACK_OFF.multipliedBy(1L << Math.min(attempt - 1, 10));
        if (!mayHelp(cause) || attempt >= plan.attempts() || isLate(backOff)) {
            result.completeExceptionally(cause);
        } else {
            exclude(partition);
            routes.tryLater(this, backOff);
        }
    }

    /** It is time for the next attempt. */
    void tryAgain() {
        steps.execute(this::tryOnce);
    }

    /** It is not tried, or not any more. */
    void end(Throwable cause) {
        steps.execute(() -> result.completeExceptionally(cause));
    }

    private void tellSelector(Partition partition) {
        try {
            plan.selector().sent(partition, engine.nanoTime() - attemptNanos, failure != null);
        } catch (RuntimeException e) { // the selector is the application's
            LOG.warn("A selector failed after a send to {}", partition, e);
        }
    }

    private static boolean mayHelp(Throwable cause) {
        return cause instanceof UnavailableException || cause instanceof OutcomeUnknownException;
    }

    private boolean isLate(Duration backOff) {
        return sinceBegin() + backOff.toNanos() >= plan.timeout().toNanos();
    }

    private long sinceBegin() {
        return engine.nanoTime() - beganNanos;
    }

    private void exclude(@Nullable Partition partition) {
        if (partition != null) {
            List<Partition> excluded = failed == null ? new ArrayList<>() : new ArrayList<>(failed);
            excluded.add(partition);
            failed = excluded;
        }
        chosen = null;
    }
}
