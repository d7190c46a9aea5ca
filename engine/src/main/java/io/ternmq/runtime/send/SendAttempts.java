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
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One send until it has succeeded or is given up: a partition is chosen, and another one when that fails. It is its own future
 * and its own listener, so that a send that succeeds at once costs one object.
 *
 * @param <T> what the send yields
 */
public final class SendAttempts<T> extends CompletableFuture<T> implements BiConsumer<T, Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(SendAttempts.class);

    /** So long after the first failure it is tried again; after the next twice as long, and so on. */
    private static final Duration BACK_OFF = Duration.ofMillis(20);

    private final Routes routes;
    private final Engine engine;
    private final SendPlan plan;
    private final Message message;
    private final Dispatch<T> dispatch;
    private final long beganNanos;
    private @Nullable List<Partition> failed;
    private @Nullable Partition chosen;
    private long attemptNanos;
    private int attempt;
    private boolean awaited;

    public SendAttempts(Routes routes, SendPlan plan, Message message, Dispatch<T> dispatch) {
        this.routes = routes;
        this.engine = routes.engine();
        this.beganNanos = engine.nanoTime();
        this.plan = plan;
        this.message = message;
        this.dispatch = dispatch;
    }

    /**
     * Says that nothing is attached to it: somebody waits for it, and that is all.
     *
     * @return this
     */
    public SendAttempts<T> awaited() {
        awaited = true;
        return this;
    }

    /**
     * Begins.
     *
     * @return this
     */
    public SendAttempts<T> start() {
        try {
            routes.enter(message.topic(), this::tryOnce);
        } catch (RuntimeException e) { // too many wait already
            end(null, e);
        }
        return this;
    }

    private void tryOnce() {
        attempt++;
        CompletableFuture<List<Partition>> writable = engine.writable(message.topic());
        if (writable.isDone() && !writable.isCompletedExceptionally()) {
            sendToOneOf(writable.join());
        } else {
            CompletableFuture<List<Partition>> unused = writable.whenComplete((partitions, failure) -> {
                if (failure == null) {
                    sendToOneOf(partitions);
                } else {
                    accept(null, failure);
                }
            });
        }
    }

    private void sendToOneOf(List<Partition> partitions) {
        try {
            Partition partition = plan.selector().select(message, withoutFailed(partitions));
            chosen = partition;
            attemptNanos = engine.nanoTime();
            CompletableFuture<T> unused = dispatch.to(partition).whenComplete(this);
        } catch (RuntimeException e) { // the selector is the application's
            end(null, e);
        }
    }

    private List<Partition> withoutFailed(List<Partition> partitions) {
        List<Partition> excluded = failed;
        if (excluded == null) {
            return partitions;
        }
        List<Partition> left = partitions.stream()
                .filter(partition -> !excluded.contains(partition))
                .toList();
        return left.isEmpty() ? partitions : left;
    }

    @Override
    public void accept(@Nullable T result, @Nullable Throwable failure) {
        Partition partition = chosen;
        if (partition != null) {
            tellSelector(partition, failure != null);
        }
        if (failure == null) {
            end(result, null);
            return;
        }
        Throwable cause = Awaiting.cause(failure);
        Duration backOff = BACK_OFF.multipliedBy(1L << Math.min(attempt - 1, 10));
        if (!mayHelp(cause) || attempt >= plan.attempts() || isLate(backOff)) {
            end(null, cause);
        } else {
            exclude(partition);
            routes.tryLater(this, backOff, this::tryOnce);
        }
    }

    private void tellSelector(Partition partition, boolean hasFailed) {
        try {
            plan.selector().sent(partition, engine.nanoTime() - attemptNanos, hasFailed);
        } catch (RuntimeException e) { // the selector is the application's
            LOG.warn("A selector failed after a send to {}", partition, e);
        }
    }

    /** What the application attached runs where it may; one who only waits is woken at once. */
    private void end(@Nullable T result, @Nullable Throwable cause) {
        if (awaited) {
            endHere(result, cause);
        } else {
            engine.callbacks().execute(() -> endHere(result, cause));
        }
    }

    private void endHere(@Nullable T result, @Nullable Throwable cause) {
        if (cause == null) {
            complete(result);
        } else {
            completeExceptionally(cause);
        }
    }

    private static boolean mayHelp(Throwable cause) {
        return cause instanceof UnavailableException || cause instanceof OutcomeUnknownException;
    }

    private boolean isLate(Duration backOff) {
        return engine.nanoTime() - beganNanos + backOff.toNanos()
                >= plan.timeout().toNanos();
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
