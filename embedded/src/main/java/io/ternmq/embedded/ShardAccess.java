package io.ternmq.embedded;

import io.ternmq.BusyException;
import io.ternmq.ClosedException;
import io.ternmq.broker.Shard;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Asks the shard. An application that brings more than it can take waits a little, and is refused in the end; the queue's own threads
 * are refused at once. Thread-safe.
 */
final class ShardAccess implements AutoCloseable {

    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    /** So often a caller looks for room in the shard's mailbox: two seconds, if it sleeps no longer than it asks to. */
    private static final int LOOKS_MAX = 40_000;

    /** So long after there was no room for what must not get lost it is brought again. */
    private static final Duration AGAIN = Duration.ofMillis(50);

    private final Shard shard;
    private final EmbeddedTime time;
    private volatile boolean closed;

    ShardAccess(Shard shard, EmbeddedTime time) {
        this.shard = shard;
        this.time = time;
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
        if (!shard.submit(command) && (mustNotWait() || !submitSoon(command))) {
            failing.completeExceptionally(
                    closed
                            ? new ClosedException("the queue is closed")
                            : new BusyException("the shard has too much to do (expected: room in its mailbox)"));
        }
    }

    /** Whether nothing would happen while the calling thread waits for the shard. */
    boolean mustNotWait() {
        return EngineThread.isCurrent() || shard.isWorkedHere();
    }

    private boolean submitSoon(Command command) {
        for (int looks = 0; looks < LOOKS_MAX && !closed; looks++) {
            LockSupport.parkNanos(LOOK_NANOS);
            if (shard.submit(command)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        closed = true;
        shard.close();
    }
}
