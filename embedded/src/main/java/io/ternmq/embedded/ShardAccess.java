package io.ternmq.embedded;

import io.ternmq.BusyException;
import io.ternmq.ClosedException;
import io.ternmq.broker.Shard;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Outcome;
import io.ternmq.runtime.CallbackThread;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Asks the shard. An application that brings more than the shard and the thread for callbacks can take waits a little, and is refused
 * in the end; the queue's own threads are refused at once. Thread-safe.
 */
final class ShardAccess implements AutoCloseable {

    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    /** So often a caller looks for room in the shard's mailbox: two seconds, if it sleeps no longer than it asks to. */
    private static final int LOOKS_MAX = 40_000;

    /** So long after there was no room for what must not get lost it is brought again. */
    private static final Duration AGAIN = Duration.ofMillis(50);

    private final Shard shard;
    private final EmbeddedTime time;
    private final CallbackThread callbacks;
    private volatile boolean closed;

    ShardAccess(Shard shard, EmbeddedTime time, CallbackThread callbacks) {
        this.shard = shard;
        this.time = time;
        this.callbacks = callbacks;
    }

    Shard shard() {
        return shard;
    }

    <T> CompletableFuture<T> ask(Function<Outcome<T>, Command> command) {
        Asked<T> asked = new Asked<>();
        submit(command.apply(asked), asked);
        return asked;
    }

    /** Hands a command over as soon as there is room; what becomes of it is none of the caller's business. */
    void tell(Command command) {
        if (!shard.submit(command) && !closed) {
            time.schedule(AGAIN, () -> tell(command));
        }
    }

    /** @param failing is told when the command cannot be handed over */
    void submit(Command command, CompletableFuture<?> failing) {
        if ((callbacks.isFull() || !shard.submit(command)) && !submitSoon(command)) {
            failing.completeExceptionally(
                    closed
                            ? new ClosedException("the queue is closed")
                            : new BusyException("the shard has too much to do (expected: room in its mailbox, and"
                                    + " futures whose callbacks keep up)"));
        }
    }

    /** Runs what an application attached to a future, soon. */
    void callBack(Runnable callback) {
        if (shard.isWorkedHere()) {
            callbacks.bring(callback); // woken once when all of a batch are answered
        } else {
            callbacks.execute(callback);
        }
    }

    /** Whether nothing would happen while the calling thread waits for the shard. */
    boolean mustNotWait() {
        return EngineThread.isCurrent() || shard.isWorkedHere();
    }

    private boolean submitSoon(Command command) {
        if (mustNotWait()) {
            return shard.submit(command);
        }
        for (int looks = 0; looks < LOOKS_MAX && !closed; looks++) {
            LockSupport.parkNanos(LOOK_NANOS);
            if (!callbacks.isFull() && shard.submit(command)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        closed = true;
        try (callbacks) {
            shard.close();
        }
    }
}
