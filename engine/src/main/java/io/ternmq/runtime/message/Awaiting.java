package io.ternmq.runtime.message;

import io.ternmq.OutcomeUnknownException;
import io.ternmq.TernMQException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for futures on behalf of callers that want to wait. */
public final class Awaiting {

    /** What has no time limit of its own is waited for no longer than this. */
    public static final Duration DEFAULT = Duration.ofSeconds(30);

    private static final Duration LONGEST = Duration.ofDays(365);

    private Awaiting() {}

    public static <T> T get(CompletableFuture<T> future) {
        return get(future, DEFAULT);
    }

    /**
     * Waits. An interrupted caller stops waiting, and stays interrupted.
     *
     * @throws OutcomeUnknownException when it takes longer
     */
    public static <T> T get(CompletableFuture<T> future, Duration timeout) {
        try {
            return future.get(nanos(timeout), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw rethrown(e);
        } catch (TimeoutException e) {
            throw new OutcomeUnknownException("no answer within " + timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknownException("interrupted while waiting for the answer", e);
        }
    }

    /** A duration of any length, as far as a thread can wait. */
    private static long nanos(Duration duration) {
        return duration.compareTo(LONGEST) < 0 ? duration.toNanos() : LONGEST.toNanos();
    }

    /** What it failed with, without what futures wrap around it. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The caller sees its own stack in what is thrown, and the engine's behind it. */
    private static RuntimeException rethrown(ExecutionException e) {
        Throwable cause = cause(e);
        if (cause instanceof TernMQException known) {
            if (known.getSuppressed().length == 0) { // it may be waited for more than once
                known.addSuppressed(new CalledFrom());
            }
            return known;
        }
        if (cause instanceof RuntimeException known) {
            return known;
        }
        return new IllegalStateException("failed: " + cause, cause);
    }

    /** Shows who waited. */
    private static final class CalledFrom extends RuntimeException {
        CalledFrom() {
            super("waited for here");
        }
    }
}
